import {
  closeSync,
  constants,
  fstatSync,
  linkSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";

/** Whether an error says that a file is not there. */
export const isAbsent = (error: unknown): boolean =>
  codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR";

/** The system's code of an error, such as ENOENT. */
export const codeOf = (error: unknown): unknown =>
  error instanceof Error && "code" in error ? error.code : undefined;

/** The text of a file of our own; undefined where there is none. */
export function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** Writes a file in one step: it has the old text or the new one, whoever dies when. */
export function replace(path: string, text: string): void {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text, { mode: 0o600 });
  renameSync(aside, path);
}

/** Writes a file unless there is one, in one step; answers whether it was written. */
export function claim(path: string, text: string): boolean {
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text, { mode: 0o600 });
  try {
    linkSync(aside, path);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(aside, { force: true });
  }
}

/** How long a task's file is; 0 where there is none. Says nothing of what it is: `readPiece` looks. */
export function lengthOf(path: string): number {
  try {
    return lstatSync(path).size;
  } catch (error) {
    if (isAbsent(error)) return 0;
    throw error;
  }
}

const readOnly = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Reads from a file that a task has written, into the buffer, and answers how many bytes; 0 where there is nothing to be had.
 * Links, pipes and devices are not read, nor is anything by way of a folder that the task has put a link in place of.
 */
export function readPiece(path: string, from: number, into: Uint8Array): number {
  let file: number;
  try {
    file = openSync(path, readOnly);
  } catch {
    // Whatever keeps it from being read is the task's own doing.
    return 0;
  }
  try {
    if (!fstatSync(file).isFile() || readlinkSync(`/proc/self/fd/${file}`) !== path) return 0;
    return filled(file, from, into);
  } finally {
    closeSync(file);
  }
}

function filled(file: number, from: number, into: Uint8Array): number {
  let length = 0;
  while (length < into.length) {
    const read = readSync(file, into, length, into.length - length, from + length);
    if (read === 0) break;
    length += read;
  }
  return length;
}
