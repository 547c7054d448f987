import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { codeOf, isAbsent } from "./file.ts";

/** How long what is to be removed may wait for more of it, so that one program removes it all. */
const delay = 300;
/** How many directories one program removes: their paths are its arguments. */
const most = 500;

export interface Trash {
  /** Moves a directory out of sight at once; it is removed soon. Nothing there is fine. */
  directory(path: string): void;
  /** Removes a control group as soon as it is empty. */
  cgroup(path: string): void;
}

/** Removes what finished tasks leave. What an agent that was killed has not come to is removed by the next. */
export function trashIn(tasks: string): Trash {
  const bin = join(tasks, ".trash");
  mkdirSync(bin, { recursive: true, mode: 0o700 });
  const directories = new Set(readdirSync(bin).map((name) => join(bin, name)));
  const cgroups = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const due = () => {
    if (directories.size + cgroups.size > 0) timer ??= setTimeout(() => void empty(), delay);
  };
  const empty = async () => {
    for (const path of cgroups) if (removed(path)) cgroups.delete(path);
    const now = [...directories].slice(0, most);
    if (now.length > 0) await remove(now);
    for (const path of now) directories.delete(path);
    timer = undefined;
    due();
  };
  due();
  return {
    directory: (path) => {
      directories.add(aside(path, join(bin, randomUUID())));
      due();
    },
    cgroup: (path) => {
      cgroups.add(path);
      due();
    },
  };
}

/** Where a directory can be removed from: the bin, or its own place where that is on another disk. */
function aside(path: string, to: string): string {
  try {
    renameSync(path, to);
  } catch (error) {
    if (codeOf(error) === "EXDEV") return path;
    if (!isAbsent(error)) throw error;
  }
  return to;
}

/** A program does it, since a task may leave a hundred thousand files; where a task took away rights, they are given back first. */
const remove = (paths: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    const script =
      'rm -rf -- "$@" 2>/dev/null || { chmod -R u+rwX -- "$@" 2>/dev/null; rm -rf -- "$@"; }';
    const child = spawn("sh", ["-c", script, "rm", ...paths], { stdio: "ignore" });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });

function removed(path: string): boolean {
  try {
    rmdirSync(path);
    return true;
  } catch (error) {
    return codeOf(error) === "ENOENT";
  }
}
