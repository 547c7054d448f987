import { describe, expect, it } from "vitest";
import { stage } from "./testing/stage.ts";

describe("the command line", () => {
  it("says that there are no jobs yet, and how to make one", async () => {
    const { type } = await stage();
    const told = await type("list");
    expect(told).toEqual({
      exit: 0,
      out: expect.stringContaining("No jobs yet. Make one: cassini apply -f job.yaml"),
      err: "",
    });
  });
});
