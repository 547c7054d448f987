import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

const known = ["name", "command", "instance_type", "image", "retries"];

describe("the most similar word", () => {
  it.each([
    ["comand", "command"],
    ["instanceType", "instance_type"],
    ["Image", "image"],
    ["retry", undefined],
    ["nmae", "name"],
    ["xyz", undefined],
  ])("for %s is %s", (word, like) => {
    expect(nearest(word, known)).toBe(like);
  });

  it("is none where nothing is known", () => {
    expect(nearest("a", [])).toBeUndefined();
  });
});
