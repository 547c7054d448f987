import { execFile } from "node:child_process";
import { constants } from "node:fs";
import { access, chown, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { contained, lowered, modes, view, type Host, type Mode, type Tools } from "./confine.ts";
import { firstUid } from "./owners.ts";

const run = promisify(execFile);

/** Where tasks see their home directory, if the host can show it there. */
export const mountPoint = "/home/jovyan";

/** What this host can do for tasks, found out by trying it once, the best first; of the modes that are wanted. */
export async function probe(home: string, wanted: readonly Mode[] = modes): Promise<Host> {
  const isRoot = process.getuid?.() === 0;
  const tools = await toolsHere();
  const separates =
    isRoot && (await tries(lowered(tools, { uid: firstUid, gid: firstUid }), ["true"]));
  const host = { home, tools, separates, isRoot };
  for (const mode of wanted) {
    const candidate: Host = { ...host, mode };
    if (await works(candidate)) return candidate;
  }
  return { ...host, mode: "plain" };
}

async function toolsHere(): Promise<Tools> {
  const found = await Promise.all(
    (["bash", "unshare", "mount", "setpriv", "bwrap"] as const).map(
      async (name) => [name, await programNamed(name)] as const,
    ),
  );
  return {
    bash: "/bin/bash",
    ...Object.fromEntries(found.filter(([, path]) => path !== undefined)),
  };
}

/** Where a program is, by the search path of this process; undefined where it is not. */
async function programNamed(name: string): Promise<string | undefined> {
  for (const folder of searchPath()) {
    const path = join(folder, name);
    if (await allows(path, constants.X_OK)) return path;
  }
  return undefined;
}

export const searchPath = (): string[] =>
  (process.env["PATH"] ?? "/usr/local/bin:/usr/bin:/bin")
    .split(delimiter)
    .filter((folder) => folder.startsWith("/"));

const allows = (path: string, mode: number): Promise<boolean> =>
  access(path, mode).then(
    () => true,
    () => false,
  );

/** Whether a task's home can be shown to a program of its owner's, and processes of its own be made. */
async function works(host: Host): Promise<boolean> {
  if (!isCandidate(host) || !(await hasMountPoint(host))) return false;
  const folder = await mkdtemp(join(tmpdir(), "cassini-probe-"));
  try {
    const owner = host.separates ? { uid: firstUid, gid: firstUid } : undefined;
    if (owner) await chown(folder, owner.uid, owner.gid);
    const task = { folder, directory: folder, owner, home: mountPoint };
    const bash = [host.tools.bash, "-p", "-c"];
    if (!(await tries(contained(host, task, []), [...bash, "[ $$ = 1 ]"]))) return false;
    const script = `[ "$HOME" = ${mountPoint} ] && cd && echo fine >probe && [ -w /dev/null ]`;
    if (!(await tries(view(host, task), [...bash, script]))) return false;
    return await allows(join(folder, "probe"), constants.R_OK);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function isCandidate({ home, mode, isRoot, separates, tools }: Host): boolean {
  // Nothing can be mounted over the server's own home.
  if (mode === "plain" || `${home}/`.startsWith(`${mountPoint}/`)) return false;
  if (mode === "namespace")
    return isRoot && separates && tools.unshare !== undefined && tools.mount !== undefined;
  return !isRoot && tools.bwrap !== undefined;
}

/** Only a directory can be mounted over; bubblewrap makes its own in a view of its own. */
async function hasMountPoint({ mode }: Host): Promise<boolean> {
  if (mode === "bubblewrap") return true;
  return mkdir(mountPoint, { recursive: true }).then(
    () => true,
    () => false,
  );
}

/** Whether a program can be run with such words in front of it. */
async function tries(before: readonly string[], words: readonly string[]): Promise<boolean> {
  return (await answer(before, words)) !== undefined;
}

/** What a program prints, run with such words in front of it; undefined where it fails. */
export async function answer(
  before: readonly string[],
  words: readonly string[],
): Promise<string | undefined> {
  const [program = "", ...args] = [...before, ...words];
  try {
    const environment = { PATH: process.env["PATH"] ?? "", HOME: mountPoint };
    const { stdout } = await run(program, args, {
      cwd: "/",
      env: environment,
      timeout: 5000,
      encoding: "utf8",
    });
    return stdout.trim();
  } catch {
    // Not there, not allowed or out of order: it cannot be used, whichever it is.
    return undefined;
  }
}
