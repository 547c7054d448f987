import { describe, expect, it } from "vitest";
import { failure, failures, isFailure } from "./index.ts";

const Lost = failure<{ thing: string }>(
  "missing",
  "test.lost",
  ({ thing }) => `The ${thing} is lost.`,
);

describe("a failure", () => {
  it("tells its sentence with the thing's name in it", () => {
    expect(Lost({ thing: "key" }).message).toBe("The key is lost.");
  });

  it("is recognised by its code, even when a bundle holds the class twice", () => {
    const twin = Object.assign(new Error("The key is lost."), {
      kind: "missing",
      code: "test.lost",
    });
    expect([Lost.is(twin), isFailure(twin), Lost.is(new Error("no"))]).toEqual([true, true, false]);
  });

  it("cannot be declared twice under one code", () => {
    expect(() => failure("missing", "test.lost", () => "")).toThrow("declared twice");
  });

  it("shows in the list of all with an example sentence", () => {
    expect(failures()).toContainEqual({
      kind: "missing",
      code: "test.lost",
      example: "The <thing> is lost.",
    });
  });
});
