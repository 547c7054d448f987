import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";

/** What one task may use of the machine. */
export interface Share {
  readonly cores: number;
  readonly memoryGb: number;
}

/** Control groups for tasks, as far as this host lets them be made. */
export interface Cgroups {
  /** Which of memory, cpu and processes are limited. */
  readonly limits: readonly string[];
  /** Makes those of a task and answers their paths. */
  make(name: string, share: Share): readonly string[];
  /** Removes those that nobody is in, but for tasks that have yet to begin, and what held them once none is left. */
  sweep(tasks: ReadonlySet<string>): void;
}

interface Controller {
  readonly name: string;
  readonly folder: string;
  readonly write: (path: string, share: Share) => void;
}

const root = "/sys/fs/cgroup";
const period = 100_000;
/** More processes than this in one task are a mistake that would take the machine with it. */
const mostProcesses = 4096;
const bytesOf = ({ memoryGb }: Share): string => String(Math.round(memoryGb * 1024 ** 3));
const quotaOf = ({ cores }: Share): string => String(Math.round(cores * period));
const set = (path: string, file: string, value: string): void =>
  writeFileSync(join(path, file), value);

/** Finds out what can be limited by doing it once. `owner` tells the groups of one installation from those of another. */
export function cgroupsHere(owner: string): Cgroups {
  const usable = (
    existsSync(join(root, "cgroup.controllers")) ? unified(owner) : separate(owner)
  ).filter(tried);
  return {
    limits: usable.map(({ name }) => name),
    make: (name, share) => usable.flatMap((controller) => madeIfPossible(controller, name, share)),
    sweep: (tasks) => usable.forEach((controller) => swept(controller, tasks)),
  };
}

function made({ folder, write }: Controller, name: string, share: Share): string {
  const path = join(folder, name);
  mkdirSync(path, { recursive: true });
  write(path, share);
  return path;
}

function swept({ folder }: Controller, tasks: ReadonlySet<string>): void {
  const over = foldersIn(folder).filter((path) => !tasks.has(basename(path)));
  for (const path of [...over, folder]) {
    try {
      rmdirSync(path);
    } catch {
      // Somebody is in it, or it is gone.
    }
  }
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name));
}

/** A task is rather run without a limit than not at all. */
function madeIfPossible(controller: Controller, name: string, share: Share): string[] {
  try {
    return [made(controller, name, share)];
  } catch {
    // The kernel has no more groups to give, or somebody has removed ours.
    return [];
  }
}

function tried(controller: Controller): boolean {
  try {
    rmdirSync(made(controller, "probe", { cores: 1, memoryGb: 1 }));
    return true;
  } catch {
    // Not mounted, not ours to write or not handed on: this one is not limited, and `findings` says so.
    return false;
  }
}

/** Version 1: a tree for each controller, in which this process has a place. */
function separate(owner: string): Controller[] {
  const places = new Map(
    readFileSync("/proc/self/cgroup", "utf8")
      .split("\n")
      .flatMap((line) => {
        const [, names = "", path = ""] = line.split(":");
        return names.split(",").map((name) => [name, path] as const);
      }),
  );
  const folder = (name: string): string => join(root, name, places.get(name) ?? "", owner);
  return [
    {
      name: "memory",
      folder: folder("memory"),
      write: (path, share) => set(path, "memory.limit_in_bytes", bytesOf(share)),
    },
    {
      name: "cpu",
      folder: folder("cpu"),
      write: (path, share) => {
        set(path, "cpu.cfs_period_us", String(period));
        set(path, "cpu.cfs_quota_us", quotaOf(share));
      },
    },
    {
      name: "processes",
      folder: folder("pids"),
      write: (path) => set(path, "pids.max", String(mostProcesses)),
    },
  ];
}

/** Version 2: one tree, in which what is limited is handed on from group to group, so one directory does for all. */
function unified(owner: string): Controller[] {
  const folder = join(root, owner);
  const write = (path: string, share: Share): void => {
    if (basename(path) === "probe") set(folder, "cgroup.subtree_control", "+memory +cpu +pids");
    set(path, "memory.max", bytesOf(share));
    set(path, "cpu.max", `${quotaOf(share)} ${period}`);
    set(path, "pids.max", String(mostProcesses));
  };
  return [{ name: "memory, cpu, processes", folder, write }];
}
