import { spawn } from "node:child_process";
import { closeSync, openSync, readdirSync, readFileSync } from "node:fs";
import { claim, codeOf, textOf } from "./file.ts";
import { bootNow, fateOf, identityFrom, kill, statOf, type Identity } from "./identity.ts";
import type { Place } from "./place.ts";
import type { TaskFile } from "./record.ts";

/** Stands in `started` where no shim may start any more. */
const never = "never\n";

/** The shim's descriptor 3: the host's own view of processes, by which it learns its number from within a namespace. */
let host: number | undefined;

/** Starts a shim, and answers when the program that was started is over. What it has done stands in its files. */
export function startShim(place: Place, task: TaskFile): Promise<void> {
  host ??= openSync("/proc", "r");
  const log = openSync(place.shimLog, "a", 0o600);
  const [program = "", ...words] = task.shim;
  try {
    const child = spawn(program, words, {
      detached: true,
      cwd: "/",
      env: { PATH: process.env["PATH"] ?? "" },
      stdio: ["ignore", log, log, host],
    });
    return new Promise((resolve) => {
      child.once("error", () => resolve());
      child.once("exit", () => resolve());
    });
  } finally {
    closeSync(log);
  }
}

/** Sees to it that no shim starts; answers false where one has started already. */
export const forbid = (place: Place): boolean =>
  claim(place.started, never) || textOf(place.started) === never;

/** A shim that is over: it was never to start, told how the command ended, or left no word. */
export type Gone =
  | { readonly state: "forbidden" }
  | { readonly state: "exited"; readonly code: number; readonly at: string }
  | { readonly state: "dead" | "restarted"; readonly identity: Identity };
export type Watched =
  | Gone
  | { readonly state: "absent" }
  | { readonly state: "alive"; readonly identity: Identity };

/** What has become of the shim. An exit that was recorded counts, whatever became of the shim since. */
export function look(place: Place): Watched {
  const text = textOf(place.started);
  if (text === undefined) return { state: "absent" };
  const identity = identityFrom(text);
  if (!identity) return { state: "forbidden" };
  const fate = fateOf(identity);
  // The shim lives a moment longer than its record; only when it is gone is all that it watched over gone.
  if (fate === "alive") return { state: "alive", identity };
  return exitOf(place) ?? { state: fate, identity };
}

/** The exit as the shim has recorded it: the code and the time in seconds. */
export function exitOf(
  place: Place,
): { readonly state: "exited"; readonly code: number; readonly at: string } | undefined {
  const [, code, seconds] = /^(\d+) (\d+[.,]\d+)\n$/.exec(textOf(place.exit) ?? "") ?? [];
  if (code === undefined || seconds === undefined) return undefined;
  return {
    state: "exited",
    code: Number(code),
    at: new Date(Math.floor(Number(seconds.replace(",", ".")) * 1000)).toISOString(),
  };
}

/**
 * Kills what is left of a task whose shim is gone. Of a task in a namespace of its own nothing is; elsewhere it is what stayed
 * in the shim's session, or in the task's control groups.
 */
export function killLeftovers(task: TaskFile, place: Place): void {
  for (let round = 0; round < 10; round += 1) {
    const left = leftoversOf(task, place);
    if (left.size === 0) return;
    for (const pid of left) kill(pid, "SIGKILL");
  }
}

function leftoversOf(task: TaskFile, place: Place): Set<number> {
  const members = task.cgroups.flatMap(membersOf);
  if (task.contained) return new Set(members);
  const shim = identityFrom(textOf(place.started) ?? "");
  // A number of another boot may be anybody's now.
  return new Set(shim?.boot === bootNow() ? [...members, ...sessionOf(shim)] : members);
}

/** The living processes of a shim's session. Its number is not given to another process as long as there are any. */
function sessionOf({ pid: session, start }: Identity): number[] {
  const leader = statOf(session);
  if (leader && leader.start !== start) return [];
  const pids = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
  return pids.filter((pid) => {
    const stat = statOf(pid);
    return stat?.session === session && stat.state !== "Z" && stat.state !== "X";
  });
}

function membersOf(cgroup: string): number[] {
  try {
    return readFileSync(`${cgroup}/cgroup.procs`, "utf8")
      .split("\n")
      .filter((line) => line !== "" && line !== "0")
      .map(Number);
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENODEV") return [];
    throw error;
  }
}

/** Whether the kernel has ended processes of the task because it took more memory than it may have. */
export const ranOutOfMemory = (task: TaskFile): boolean =>
  task.cgroups.some((path) => /^oom_kill [1-9]/m.test(toldBy(path)));

/** Where a control group tells of it: in version 1 and in version 2. */
const toldBy = (path: string): string =>
  textOf(`${path}/memory.oom_control`) ?? textOf(`${path}/memory.events`) ?? "";
