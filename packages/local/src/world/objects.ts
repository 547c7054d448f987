import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Objects } from "@cassini/core/world";
import { byText, fileOf, folderOf, keyOf, placeOf, type Named } from "./object-name.ts";

/** The most keys that one listing answers. */
const most = 1000;

/** Objects as files below a folder. A key is either whole or not there at all, whatever dies when. */
export function objectsIn(folder: string): Objects {
  return {
    put: async (key, bytes) => keep(folder, join(folder, fileOf(key)), bytes),
    get: async (key) => readFile(join(folder, fileOf(key))).catch(noneIfAbsent),
    list: async (prefix, after = "") => {
      const found: string[] = [];
      const { base } = placeOf(prefix);
      await collect(found, { folder: join(folder, folderOf(base)), base, prefix, after });
      return found;
    },
    clear: async (prefix) => clear(folder, prefix),
  };
}

interface Walk {
  readonly folder: string;
  /** What every key in the folder begins with. */
  readonly base: string;
  readonly prefix: string;
  readonly after: string;
}

/** Adds the keys of a folder in the order of their text, going into those folders only that can hold a wanted one. */
async function collect(found: string[], walk: Walk): Promise<void> {
  for (const entry of await entriesOf(walk.folder)) {
    if (found.length >= most) return;
    const key = walk.base + entry.text;
    if (!key.startsWith(walk.prefix) || !reaches(key, entry, walk.after)) continue;
    if (entry.isFolder)
      await collect(found, { ...walk, folder: join(walk.folder, entry.name), base: key });
    else found.push(key);
  }
}

const reaches = (key: string, { isFolder }: Named, after: string): boolean =>
  byText(key, after) > 0 || (isFolder && after.startsWith(key));

async function entriesOf(folder: string): Promise<readonly Named[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(noneIfAbsent);
  return (entries ?? [])
    .flatMap((entry) => keyOf(entry) ?? [])
    .toSorted((a, b) => byText(a.text, b.text));
}

/** Written aside, made durable, then moved into place in one step. */
async function keep(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const aside = join(folder, `.${randomUUID()}`);
  await written(aside, bytes).catch(async (error: unknown) => {
    if (!isAbsent(error)) throw error;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await written(aside, bytes);
  });
  await moved(aside, path, 3);
}

async function written(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Moves a file into a folder that may not be there yet, or that somebody clears at this moment. */
async function moved(from: string, to: string, tries: number): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!isAbsent(error) || tries === 0) throw error;
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    await moved(from, to, tries - 1);
  }
}

async function clear(folder: string, prefix: string): Promise<void> {
  const { base, rest } = placeOf(prefix);
  const within = join(folder, folderOf(base));
  if (rest === "" && base !== "") return rm(within, { recursive: true, force: true });
  for (const entry of await entriesOf(within)) {
    if (entry.text.startsWith(rest))
      await rm(join(within, entry.name), { recursive: true, force: true });
  }
}

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ENOENT";

function noneIfAbsent(error: unknown): undefined {
  if (!isAbsent(error)) throw error;
}
