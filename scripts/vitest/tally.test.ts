import { describe, expect, it } from "vitest";
import { closing } from "./tally.ts";

describe("the end of a test run", () => {
  it("is one line of counts", () => {
    const text = closing({ passed: 3, failed: 1, skipped: [] });

    expect(text).toBe("3 passed, 1 failed, 0 skipped\n");
  });

  it("names what was skipped before it", () => {
    const text = closing({ passed: 3, failed: 0, skipped: ["a clone > is shallow"] });

    expect(text).toBe("  skipped: a clone > is shallow\n3 passed, 0 failed, 1 skipped\n");
  });
});
