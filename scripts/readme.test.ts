import { routes } from "@cassini/core/app";
import { globSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { commands } from "../packages/cli/src/commands.ts";

const root = join(import.meta.dirname, "..");
const textOf = (path: string): Promise<string> => readFile(join(root, path), "utf8");
const Package = z.object({ scripts: z.record(z.string(), z.string()) });
const { scripts } = Package.parse(JSON.parse(await textOf("package.json")));

/** Every document that people read, by its path from the root. */
const documents = globSync(["*.md", "{docs,examples,bench}/**/*.md", "packages/*/README.md"], {
  cwd: root,
  exclude: ["**/node_modules/**", "bench/peers/**"],
});

/** What a pattern's first group finds in a text. */
const found = (text: string, pattern: RegExp): readonly string[] =>
  Array.from(text.matchAll(pattern), ([, group = ""]) => group);

const linesOf = (text: string): number => text.trimEnd().split("\n").length;

describe.each(documents)("%s", (path) => {
  it("links to what is there, and names commands that there are", async () => {
    const text = await textOf(path);
    const links = found(text, /\]\(([^)#:]+)(?:#[^)]*)?\)/g);
    const missing = await Promise.all(links.map((link) => isMissing(join(dirname(path), link))));

    expect(links.filter((_, at) => missing[at])).toEqual([]);
    expect(found(text, /\bnpm run ([a-z:]+)/g).filter((name) => !(name in scripts))).toEqual([]);
    expect(commandsIn(text).filter((name) => !(name in commands))).toEqual([]);
  });
});

const isMissing = (path: string): Promise<boolean> =>
  access(join(root, path)).then(
    () => false,
    () => true,
  );

/** The commands of ours that a text names in code: `cassini list`, `npm run cassini -- apply`. */
const commandsIn = (text: string): readonly string[] =>
  found(text, /[`\n](?:npm run cassini --|cassini) ([a-z]+)/g);

describe("the README", () => {
  it("is read in one go", async () => {
    expect(linesOf(await textOf("README.md"))).toBeLessThanOrEqual(100);
  });

  it("starts with two commands, and shows what the example that it runs says", async () => {
    const text = await textOf("README.md");
    const [start, second = ""] = found(text, /```sh\n(.+)\n```/g);
    const example = /-f (\S+) --start --follow$/.exec(second)?.[1] ?? "";
    const said = /print\('(.+)'\)/.exec(await textOf(example))?.[1] ?? "";

    expect(start).toBe("npm start");
    expect(text).toContain(`\n${said}\n`);
  });

  it("claims of the API what can be asked of it", async () => {
    const nouns = Object.keys(routes).map((key) => key.split("/")[2]);

    expect(nouns).toEqual(expect.arrayContaining(["jobs", "images", "recipes", "openapi.json"]));
    for (const absent of ["workspaces", "deployments", "schedules", "secrets"])
      expect(nouns).not.toContain(absent);
  });
});

describe("each package", () => {
  it("says in 5 to 15 lines what it is", async () => {
    const packages = globSync("packages/*/package.json", { cwd: root }).map(dirname);
    const lengths = await Promise.all(
      packages.map(async (path) => linesOf(await textOf(join(path, "README.md")))),
    );

    expect(lengths.filter((lines) => lines < 5 || lines > 15)).toEqual([]);
    expect(lengths.length).toBeGreaterThan(4);
  });
});
