import { describe, expect, it } from "vitest";
import { commands } from "./commands.ts";
import { stage } from "./testing/stage.ts";

const all = Object.keys(commands);

describe("the command line", () => {
  it("names the nearest command where there is none of that name", async () => {
    const { type } = await stage();
    expect(await type("strat hello")).toEqual({
      exit: 2,
      out: "",
      err: "There is no command strat. Did you mean start? `cassini help` lists all of them.\n",
    });
  });

  it("suggests nothing where nothing is near", async () => {
    const { type } = await stage();
    expect((await type("frobnicate")).err).toBe(
      "There is no command frobnicate. `cassini help` lists all of them.\n",
    );
  });

  it.each(all)("%s refuses a flag that it does not have, and names the nearest", async (name) => {
    const { type } = await stage();
    const told = await type(`${name} --no-colour`);
    expect(told).toMatchObject({ exit: 2, out: "" });
    expect(told.err).toContain(
      `\`cassini ${name}\` has no flag --no-colour. Did you mean --no-color?`,
    );
  });

  it.each(all)("%s explains itself with -h, and does nothing else", async (name) => {
    const { type } = await stage();
    const fetch = async () => Promise.reject(new Error("It asked the server."));
    const told = await type([name, "hello", "-h"], { fetch });
    expect(told).toMatchObject({ exit: 0, err: "" });
    expect(told.out).toContain(name === "help" ? "cassini help COMMAND" : `cassini ${name}: `);
  });

  it("takes the flags that all commands share before the command too", async () => {
    const { type } = await stage();
    expect(JSON.parse((await type("--json list")).out)).toEqual({ jobs: [] });
    expect((await type("-o yaml list")).out).toBe("jobs: []\n");
  });

  it("says what a flag needs, and what it does not take", async () => {
    const { type } = await stage();
    expect((await type("list --owner")).err).toBe(
      "--owner needs a value. Write --owner ORG/NAME.\n",
    );
    expect((await type("list --owner --no-color")).err).toBe(
      "--owner needs a value. Write --owner ORG/NAME.\n",
    );
    expect((await type("start hello --follow=yes")).err).toBe(
      "--follow takes no value. Write it alone.\n",
    );
    expect((await type("list -o xml")).err).toBe(
      "-o xml means nothing here. Choose one of table, json, yaml.\n",
    );
  });

  it("tells a failure as JSON where replies are asked for as JSON", async () => {
    const { type } = await stage();
    const told = await type("get job none --json");
    expect(told).toMatchObject({ exit: 4, out: "" });
    expect(JSON.parse(told.err)).toEqual({
      message: "There is no job none. `cassini list jobs` shows those that there are.",
      code: "job.not_found",
      status: 404,
    });
  });

  it("prints its version alone", async () => {
    const { type } = await stage();
    const told = await type("version");
    expect(told.out).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(await type("--version")).toEqual(told);
  });

  it("ends at Ctrl-C with 130 and nothing to say", async () => {
    const { type } = await stage();
    expect(await type("list", { interrupted: AbortSignal.abort() })).toEqual({
      exit: 130,
      out: "",
      err: "",
    });
  });
});
