import { describe, expect, it } from "vitest";
import { ago, between, lasted } from "./time.ts";

const now = Date.parse("2026-06-01T08:00:00Z");
const before = (seconds: number): string => ago(new Date(now - seconds * 1000).toISOString(), now);

describe("how long ago a moment was", () => {
  it.each([
    [0, "just now"],
    [-30, "just now"],
    [59, "59 s ago"],
    [60, "1 min ago"],
    [3599, "59 min ago"],
    [3600, "1 h ago"],
    [86_400, "1 day ago"],
    [3 * 86_400, "3 days ago"],
    [40 * 86_400, "2026-04-22"],
  ])("%i seconds ago is told as %s", (seconds, told) => {
    expect(before(seconds)).toBe(told);
  });

  it("is told alike for both forms of time that the API has", () => {
    expect(ago("2026-06-01T07:57:00+00:00", now)).toBe("3 min ago");
  });
});

describe("how long something took", () => {
  it.each([
    [400, "0.4 s"],
    [9949, "9.9 s"],
    [12_400, "12 s"],
    [185_000, "3 min 5 s"],
    [7_800_000, "2 h 10 min"],
    [-5, "0.0 s"],
  ])("%i ms are told as %s", (milliseconds, told) => {
    expect(lasted(milliseconds)).toBe(told);
  });

  it("goes on until now while it has not ended", () => {
    expect(between("2026-06-01T07:59:00.000Z", null, now)).toBe("1 min 0 s");
  });
});
