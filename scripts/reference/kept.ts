import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

type Pages = Readonly<Record<string, string>>;

const folder = join(import.meta.dirname, "../../docs/reference");

/** The names of the pages that do not lie in `docs/reference` as they were made, and of files there that are no page. */
export async function stale(made: Pages): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const lying = await readdir(folder);
  const texts = await Promise.all(lying.map((name) => readFile(join(folder, name), "utf8")));
  const kept = new Map(lying.map((name, at) => [name, texts[at]]));
  return [...new Set([...Object.keys(made), ...lying])].filter(
    (name) => kept.get(name) !== made[name],
  );
}

/** Makes files say what was made. */
export async function write(made: Pages, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const text = made[name];
    await (text === undefined ? rm(join(folder, name)) : writeFile(join(folder, name), text));
  }
}
