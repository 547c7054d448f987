import { describe, expect, it } from "vitest";
import { commands } from "../commands.ts";
import { stage } from "../testing/stage.ts";

describe("the help", () => {
  it("leads from nothing to a run, then lists everything there is", async () => {
    const { type } = await stage();
    const told = await type([]);
    await expect(told.out).toMatchFileSnapshot("golden/overview.txt");
    expect(await type("help")).toEqual(told);
  });

  it.each(Object.keys(commands))("explains %s by examples", async (name) => {
    const { type } = await stage();
    const told = await type(`help ${name}`);
    await expect(told.out).toMatchFileSnapshot(`golden/${name}.txt`);
    expect(told.exit).toBe(0);
  });

  it("fits lines of 80 letters", async () => {
    const { type } = await stage();
    const texts = await Promise.all(Object.keys(commands).map((name) => type(`help ${name}`)));
    const longest = [...texts, await type("help")]
      .flatMap(({ out }) => out.split("\n"))
      .map((line) => line.length);
    expect(Math.max(...longest)).toBeLessThanOrEqual(80);
  });

  it("suggests the nearest command", async () => {
    const { type } = await stage();
    expect(await type("help aply")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("Did you mean apply?"),
    });
  });
});
