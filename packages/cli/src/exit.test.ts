import { kinds } from "@cassini/core/kit";
import { Http } from "@cassini/core/http";
import { describe, expect, it } from "vitest";
import { exitOf, exitOfRun } from "./exit.ts";
import { stage } from "./testing/stage.ts";

describe("what a command ends with", () => {
  it.each(kinds)("when the server refuses with %s is the number of that kind", async (kind) => {
    const { type } = await stage();
    const body = JSON.stringify({ message: "It is so.", code: "noun.problem" });
    const fetch = async () => ({ status: Http.statusOf[kind], text: async () => body });
    const told = await type("list", { fetch });
    expect(told).toMatchObject({ exit: exitOf[kind], out: "" });
    expect(told.err).toContain("It is so.");
  });

  it("tells a script by the number whether to mend, to sign in, to look elsewhere or to wait", () => {
    const numbers = Object.entries(exitOf).map(([kind, exit]) => `${kind} ${exit}`);
    expect(numbers).toEqual([
      "broken 1",
      "invalid 2",
      "not_allowed 2",
      "too_large 2",
      "unsupported 2",
      "unprocessable 2",
      "unauthenticated 3",
      "forbidden 3",
      "missing 4",
      "gone 4",
      "conflict 5",
      "locked 5",
      "busy 75",
      "limited 75",
    ]);
  });

  it("is 0 for a run that completed, and for no other", () => {
    expect(["completed", "error", "stopped"].map(exitOfRun)).toEqual([0, 1, 1]);
  });

  it("is 1 for a bug, with a sentence in place of a stack", async () => {
    const { type } = await stage();
    const fetch = async () => ({ status: 200, text: async () => '{"jobs":{}}' });
    const told = await type("list", { fetch });
    expect(told.exit).toBe(1);
    expect(told.err).toMatch(
      /^This command itself is broken: .* \(CASSINI_DEBUG=1 shows where\.\)\n$/,
    );
  });
});
