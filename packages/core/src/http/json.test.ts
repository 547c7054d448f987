import { describe, expect, it } from "vitest";
import { parseJson } from "./json.ts";

describe("reading JSON", () => {
  it("gives what the text says", () => {
    expect(parseJson(' {"a": [1, "ü", null]} ')).toEqual({ a: [1, "ü", null] });
  });

  it.each([
    ["hello", "line 1, column 1 there is `h`"],
    ['{"a":1,}', "line 1, column 8 there is `}`"],
    ['{"a":1} x', "line 1, column 9 there is `x`"],
    ['{"a":\n tru}', "line 2, column 5 there is `}`"],
    ["[1 2]", "line 1, column 4 there is `2`"],
    ['{"a" 1}', "line 1, column 6 there is `1`"],
    ['"\\x"', "line 1, column 3 there is `x`"],
    ["['a']", "line 1, column 2 there is `'`"],
    ["{", "line 1, column 2 there is its end, too early"],
    ['"abc', "line 1, column 5 there is its end, too early"],
    [`${" ".repeat(300)}x${" ".repeat(300)}`, "line 1, column 301 there is `x`"],
  ])("says of %j where it stops being JSON", (text, place) => {
    expect(() => parseJson(text)).toThrow(`The body is not JSON: at ${place}.`);
  });

  it("finds the place in a large text quickly", () => {
    const text = `[${"1,".repeat(400_000)}x]`;
    expect(() => parseJson(text)).toThrow("column 800002 there is `x`");
  });
});
