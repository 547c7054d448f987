import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pages } from "./reference/pages.ts";

/** `npm run docs` writes `docs/reference` from the code; with `--check` it only tells whether that is needed. */

const folder = join(import.meta.dirname, "../docs/reference");

/** The pages that are not as the code says, and files that are no page. */
async function stale(): Promise<readonly string[]> {
  const made = pages();
  await mkdir(folder, { recursive: true });
  const lying = await readdir(folder);
  const texts = await Promise.all(lying.map((name) => readFile(join(folder, name), "utf8")));
  const kept = new Map(lying.map((name, at) => [name, texts[at]]));
  return [...new Set([...Object.keys(made), ...lying])].filter(
    (name) => kept.get(name) !== made[name],
  );
}

async function write(names: readonly string[]): Promise<void> {
  const made = pages();
  await Promise.all(
    names.map((name) => {
      const text = made[name];
      return text === undefined ? rm(join(folder, name)) : writeFile(join(folder, name), text);
    }),
  );
}

const names = await stale();
if (names.length > 0 && process.argv.includes("--check")) {
  process.stdout.write(`docs/reference is stale: ${names.join(", ")}. Run \`npm run docs\`.\n`);
  process.exitCode = 1;
} else {
  await write(names);
}
