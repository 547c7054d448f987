import { readdirSync, statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { basename, join } from "node:path";

/** Environments of pip packages that no task has used for so long are removed; they are made again when one does. */
const days = 30;

/** Removes old environments below a folder that has one folder for each owner. No task may be using one. */
export async function pruneEnvironments(root: string, now = Date.now()): Promise<void> {
  for (const owner of namesIn(root)) {
    const folder = join(root, owner);
    for (const mark of namesIn(folder).filter((name) => name.endsWith(".ready"))) {
      const age = now - statSync(join(folder, mark)).mtimeMs;
      if (age > days * 86_400_000) await remove(folder, basename(mark, ".ready"));
    }
  }
}

/** The mark goes first: without it the environment is made anew, whatever is left of it. */
async function remove(folder: string, key: string): Promise<void> {
  for (const suffix of [".ready", "", ".lock"])
    await rm(join(folder, key + suffix), { recursive: true, force: true });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Nobody has had an environment here.
    return [];
  }
}
