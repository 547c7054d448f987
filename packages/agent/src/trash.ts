import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, renameSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import { codeOf, isAbsent } from "./file.ts";

/** How long what is to be removed may wait for more of it, so that one program removes it all. */
const delay = 300;

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
  let cgroups: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const due = () => (timer ??= setTimeout(() => void empty(), delay));
  const empty = async () => {
    cgroups = cgroups.filter((path) => !removed(path));
    const names = readdirSync(bin);
    if (names.length > 0) await remove(names.map((name) => join(bin, name)));
    timer = undefined;
    if (cgroups.length > 0) due();
  };
  due();
  return {
    directory: (path) => {
      discard(path, join(bin, `${process.pid}-${(count += 1)}`));
      due();
    },
    cgroup: (path) => {
      cgroups.push(path);
      due();
    },
  };
}

let count = 0;

function discard(path: string, to: string): void {
  try {
    renameSync(path, to);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/** A program does it, since a task may leave a hundred thousand files; where a task took away rights, they are given back first. */
const remove = (paths: readonly string[]): Promise<void> =>
  new Promise((resolve) => {
    const script =
      'rm -rf -- "$@" 2>/dev/null || { chmod -R u+rwX -- "$@" 2>/dev/null; rm -rf -- "$@"; }';
    const child = spawn("sh", ["-c", script, "rm", ...paths.slice(0, 1000)], { stdio: "ignore" });
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
