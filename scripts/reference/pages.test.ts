import { entities, events } from "@cassini/core/kit";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { stale } from "./kept.ts";
import { pages } from "./pages.ts";

const root = join(import.meta.dirname, "../..");
const made = await pages();
const lines = (page: string): readonly string[] => made[page]?.split("\n") ?? [];

/** The codes of the failures that the sources declare, found in their text. */
async function declared(): Promise<readonly string[]> {
  const sources = glob("packages/{core,dynamo,agent,local}/src/**/*.ts", {
    cwd: root,
    exclude: ["**/*.test.ts", "**/testing/**", "**/e2e/**"],
  });
  const codes: string[] = [];
  for await (const path of sources) {
    const text = await readFile(join(root, path), "utf8");
    const found = text.matchAll(/\bfailure(?:<[^(]*>)?\(\s*"[a-z_]+",\s*"([a-z_.]+)"/g);
    codes.push(...Array.from(found, ([, code = ""]) => code));
  }
  return codes;
}

describe("the reference", () => {
  it("lies in docs/reference as the code says; `npm run docs` brings it up to date", async () => {
    expect(await stale(made)).toEqual([]);
  });

  it("tells every failure that is declared anywhere, once", async () => {
    const told = lines("failures.md").flatMap((line) => /^\| `([a-z_.]+)` /.exec(line)?.[1] ?? []);

    expect(new Set(told)).toEqual(new Set(await declared()));
    expect(told).toHaveLength(new Set(told).size);
  });

  it("tells every event and every noun that is kept", () => {
    const kept = entities().map(({ type }) => `## ${type}`);

    expect(lines("keys.md").filter((line) => line.startsWith("## "))).toEqual(
      kept.toSorted((a, b) => (a < b ? -1 : 1)),
    );
    expect(lines("events.md").filter((line) => line.startsWith("| `"))).toHaveLength(
      events().length,
    );
  });

  it("shows no key with a hole in it", () => {
    expect(made["keys.md"]).not.toMatch(/undefined|NaN|\[object/);
  });
});
