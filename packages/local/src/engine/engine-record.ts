import { readFileSync, realpathSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { end, Identity, identityOf, isAlive, programOf, startedWith } from "./process.ts";

/** What is known of the engine that runs, or is about to: without a process where the server died in between. */
const Kept = z.object({
  program: z.string(),
  file: z.string(),
  port: z.int(),
  since: z.string(),
  process: Identity.optional(),
});
type Kept = z.infer<typeof Kept>;

const graceMilliseconds = 2_000;
const pathIn = (home: string) => join(home, "dynoxide.json");

/** Keeps the record in one step: before the engine is started, and again with its process and the program that the system shows for it. */
export function keepRecord(home: string, record: Omit<Kept, "process">, pid?: number): void {
  const process = pid === undefined ? undefined : identityOf(pid);
  const program = (process && programOf(process.pid)) ?? realPath(record.program);
  const aside = `${pathIn(home)}.new`;
  writeFileSync(aside, JSON.stringify({ ...record, program, process }), { mode: 0o600 });
  renameSync(aside, pathIn(home));
}

/** Ends the engine that a killed server left behind on the file, so that two never write to it. */
export async function endOrphan(home: string, file: string): Promise<void> {
  const kept = recordIn(home);
  if (!kept) return;
  const suspects = kept.process ? [kept.process].filter(isAlive) : startedWith(file);
  const orphans = suspects.filter(({ pid }) => programOf(pid) === kept.program);
  await Promise.all(orphans.map((orphan) => end(orphan, graceMilliseconds)));
}

function recordIn(home: string): Kept | undefined {
  try {
    return Kept.parse(JSON.parse(readFileSync(pathIn(home), "utf8")));
  } catch {
    // Absent before the first start; cut off where the machine itself went down, and no engine survives that.
    return undefined;
  }
}

/** A program's own path, as the system shows it for its processes; a bare name stays as it is. */
function realPath(program: string): string {
  try {
    return realpathSync(program);
  } catch {
    // Found by the search path, or not at all, which the start will tell.
    return program;
  }
}
