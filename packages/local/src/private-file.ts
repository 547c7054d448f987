import { randomUUID } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";

/** Writes a file that nobody but its owner may read: whole or not at all, whatever dies when. */
export async function writePrivate(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.${randomUUID().slice(0, 8)}`;
  const file = await open(aside, "wx", 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

/** What a file holds; undefined where there is none. */
export async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
}
