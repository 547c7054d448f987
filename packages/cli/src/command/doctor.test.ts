import { describe, expect, it } from "vitest";
import { served, stage } from "../testing/stage.ts";

describe("the doctor", () => {
  const withoutFirst = (text: string) => text.replace(/^.*\n/, "");

  it("finds everything well where it is", async () => {
    const { type } = await stage();
    const told = await type("doctor");
    expect(withoutFirst(told.out)).toBe(`✓ address  http://cassini.test, from the environment
✓ server   version 0.0.0-test, answers in 0 ms
✓ token    ada, an administrator
✓ sizes    16 of 16 can start; \`cassini list sizes\` tells about each
`);
    expect(told.exit).toBe(0);
  });

  it("tells where it ended, and ends as that failure does", async () => {
    const { type } = await stage();
    const told = await type("doctor", { env: { CASSINI_TOKEN: "cassini_wrong" } });
    expect(told.exit).toBe(3);
    expect(told.out).toContain("✓ server   version");
    expect(told.out).toContain("✗ token    This token is not known here.");
  });

  it.each([
    ["jobs can do without", false, "!", 0],
    ["no job can do without", true, "✗", 1],
  ])("tells what a server on one machine lacks that %s", async (_, required, sign, exit) => {
    const { type, world } = await stage();
    const answer = served(world);
    const git = {
      name: "git",
      state: "missing",
      required,
      found: "not found",
      means: "Jobs cannot clone.",
      remedy: "Install git.",
    };
    const fetch: typeof answer = async (url, init) =>
      url.endsWith("/api/local/doctor")
        ? { status: 200, text: async () => JSON.stringify({ ok: !required, findings: [git] }) }
        : answer(url, init);
    const told = await type("doctor", { fetch });
    expect(told.out).toContain(
      `${sign} git      not found\n           Jobs cannot clone.\n           Install git.\n`,
    );
    expect(told.exit).toBe(exit);
  });
});
