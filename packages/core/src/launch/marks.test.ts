import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Launch } from "./index.ts";

describe("the marks of a task", () => {
  it("tell when each step began, and when and how it ended", () => {
    const text = "start packages 1777636800.250000\nend packages 1777636801 7\nstart command -\n";
    expect(Launch.parseMarks(text)).toEqual([
      { kind: "start", step: "packages", at: "2026-05-01T12:00:00.250Z" },
      { kind: "end", step: "packages", at: "2026-05-01T12:00:01.000Z", exitCode: 7 },
      { kind: "start", step: "command" },
    ]);
  });

  it.each([
    "",
    "start lunch 1",
    "end command 2",
    "start command 1 0",
    "start  command 1",
    "start command 999999999999",
  ])("leave out a line of no known form: %j", (line) => {
    expect(Launch.parseMarks(`${line}\nstart command 1\n`)).toHaveLength(1);
  });

  it("leave out a line that is still being written, wherever it is cut", () => {
    const whole = "start packages 1.5\nend packages 2.5 0\nstart command 3\n";
    fc.assert(
      fc.property(fc.nat(whole.length), (length) => {
        const seen = whole.slice(0, length);
        const lines = seen.split("\n").length - 1;
        expect(Launch.parseMarks(seen)).toEqual(Launch.parseMarks(whole).slice(0, lines));
      }),
    );
  });

  it("can be read from any text", () => {
    const word = fc.constantFrom("start", "end", "command", "1", "-", " ", "\n", "99999999999.9");
    const text = fc.array(fc.oneof(word, fc.string()), { maxLength: 20 });
    fc.assert(
      fc.property(text, (parts) => {
        for (const mark of Launch.parseMarks(parts.join("")))
          expect(Launch.steps).toContain(mark.step);
        expect(Launch.parseMarks(parts.join(""))).toBeInstanceOf(Array);
      }),
    );
  });
});
