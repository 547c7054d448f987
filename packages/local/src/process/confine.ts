import { readdirSync } from "node:fs";
import { join } from "node:path";
import { firstUid, type Owner } from "./owners.ts";

/** The programs of the host that confinement is made of. */
export interface Tools {
  readonly bash: string;
  readonly unshare?: string;
  readonly mount?: string;
  readonly setpriv?: string;
  readonly bwrap?: string;
}

/**
 * How tasks are kept apart from the host: `namespace` (root: process and mount namespaces of util-linux), `bubblewrap` (any user:
 * the same, and the server's home is hidden), `plain` (a session each).
 */
export const modes = ["namespace", "bubblewrap", "plain"] as const;
export type Mode = (typeof modes)[number];

export interface Host {
  readonly home: string;
  readonly mode: Mode;
  readonly tools: Tools;
  /** Whether each owner's tasks run as a user of their own. */
  readonly separates: boolean;
  readonly isRoot: boolean;
}

/** What differs from task to task. */
export interface Confined {
  /** Where the host keeps the task's home directory. */
  readonly folder: string;
  /** The directory of the task as a whole. */
  readonly directory: string;
  readonly owner: Owner | undefined;
  /** Where the task sees its home directory. */
  readonly home: string;
  /** Where the host keeps the owner's environments of pip packages. */
  readonly environments?: string;
}

/** The words that give up the rights of root for those of an owner. */
export const lowered = ({ setpriv = "setpriv" }: Tools, { uid, gid }: Owner): readonly string[] => [
  setpriv,
  `--reuid=${uid}`,
  `--regid=${gid}`,
  "--clear-groups",
  "--no-new-privs",
  "--inh-caps=-all",
];

/** The words that run a program with the rights that owners have, whichever of them. */
export const asOwner = ({ separates, tools }: Host): readonly string[] =>
  separates ? lowered(tools, { uid: firstUid, gid: firstUid }) : [];

/** As `lowered`, but for the right to read whatever is on the disk. Needed where the operator lets jobs clone from the host's own disk. */
const reading = ({ setpriv = "setpriv" }: Tools, { uid, gid }: Owner): readonly string[] => [
  setpriv,
  // Else the kernel forgets the right wherever a program asks whether it may read.
  "--securebits=+no_setuid_fixup",
  `--reuid=${uid}`,
  `--regid=${gid}`,
  "--clear-groups",
  "--no-new-privs",
  "--inh-caps=-all,+dac_read_search",
  "--ambient-caps=-all,+dac_read_search",
  "--bounding-set=-all,+dac_read_search",
];

/** Mounts a task's home in the view that it is run in, and runs what follows. */
const mounting = `mount -n --bind -- "$1" "$2" && shift 2 && exec "$@"`;

/** The words that run a program as the task's owner, with the task's home where the task sees it. */
export function view(
  host: Host,
  task: Confined,
  may: "no more" | "read all" = "no more",
): readonly string[] {
  const { tools, mode } = host;
  const lower = task.owner ? (may === "read all" ? reading : lowered)(tools, task.owner) : [];
  const views: Readonly<Record<Mode, () => readonly string[]>> = {
    namespace: () => [
      tools.unshare ?? "unshare",
      "--mount",
      "--",
      tools.bash,
      "-p",
      "-c",
      mounting,
      "view",
      task.folder,
      task.home,
      ...lower,
    ],
    bubblewrap: () => [...wrapped(host, task, ["--die-with-parent"]), "--"],
    plain: () => lower,
  };
  return views[mode]();
}

/** The words that run a program in processes of its own, as its first one, where there are such; what more it may see is named. */
export function contained(host: Host, task: Confined, sees: readonly string[]): readonly string[] {
  const { tools, mode } = host;
  const seen = sees.flatMap((path) => ["--ro-bind", path, path]);
  const views: Readonly<Record<Mode, () => readonly string[]>> = {
    namespace: () => [tools.unshare ?? "unshare", ...unshared, "--"],
    bubblewrap: () => [...wrapped(host, task, ["--unshare-pid", "--as-pid-1", ...seen]), "--"],
    plain: () => [],
  };
  return views[mode]();
}

const unshared = ["--pid", "--fork", "--mount", "--mount-proc"];

/** The program that starts a task's shim, where and as whom it has to be. */
export function shimOf(
  host: Host,
  task: Confined,
  of: { script: string; cgroups: readonly string[] },
): readonly string[] {
  const { tools, mode } = host;
  const mounted = mode === "namespace" ? (task.environments ?? "") : "";
  return [
    ...contained(host, task, [of.script]),
    tools.bash,
    "-p",
    of.script,
    task.directory,
    task.folder,
    task.home,
    mounted,
    of.cgroups.join(" "),
    ...(task.owner ? lowered(tools, task.owner) : []),
  ];
}

/** The whole host, but for the server's home; in it and in place of the home directory what is the task's. */
function wrapped(
  { home, tools }: Host,
  task: Confined,
  further: readonly string[],
): readonly string[] {
  const bind = (from: string, to = from): string[] => ["--bind", from, to];
  const own = [task.directory, ...(task.environments === undefined ? [] : [task.environments])];
  return [
    tools.bwrap ?? "bwrap",
    "--dev-bind",
    "/",
    "/",
    "--proc",
    "/proc",
    ...besides(task.home),
    ...bind(task.folder, task.home),
    "--tmpfs",
    home,
    ...own.flatMap((path) => bind(path)),
    ...further,
  ];
}

/** Makes a place for the task's home beside the homes of people, which stay as they are. */
function besides(home: string): string[] {
  const parent = join(home, "..");
  const names = namesIn(parent);
  if (names.includes(join(home).slice(parent.length + 1))) return [];
  return [
    "--tmpfs",
    parent,
    ...names.flatMap((name) => ["--bind-try", join(parent, name), join(parent, name)]),
  ];
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // A folder that cannot be read has nothing in it that a task could use.
    return [];
  }
}
