import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";

/** A process, told apart from any later one that is given the same number. */
export const Identity = z.object({ pid: z.int(), started: z.string(), boot: z.string() });
export type Identity = z.infer<typeof Identity>;

const linux = process.platform === "linux";

/** Who runs under a number at the moment; undefined where nobody does. A zombie is dead. */
export function identityOf(pid: number): Identity | undefined {
  const started = linux ? startOnLinux(pid) : startElsewhere(pid);
  return started === undefined ? undefined : { pid, started, boot: bootId() };
}

/** Whether that very process is still alive. */
export function isAlive({ pid, started, boot }: Identity): boolean {
  const now = identityOf(pid);
  return now?.started === started && now.boot === boot;
}

/** The program that a process runs; undefined where there is no such process, or it belongs to someone else. */
export function programOf(pid: number): string | undefined {
  if (!linux) return said("ps", ["-o", "comm=", "-p", `${pid}`]);
  return attempted(() => readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ""));
}

/** The processes that were started with an argument; none where the system does not show it. */
export function startedWith(argument: string): readonly Identity[] {
  if (!linux) return [];
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  const matching = pids.filter((pid) => argumentsOf(pid).includes(argument));
  return matching.flatMap((pid) => identityOf(Number(pid)) ?? []);
}

/** Ends a process: asks first, and makes it after the grace. Ends once it is gone. */
export async function end(identity: Identity, graceMilliseconds: number): Promise<void> {
  signal(identity, "SIGTERM");
  if (await gone(identity, graceMilliseconds)) return;
  signal(identity, "SIGKILL");
  await gone(identity, graceMilliseconds);
}

async function gone(identity: Identity, milliseconds: number): Promise<boolean> {
  for (const limit = performance.now() + milliseconds; performance.now() < limit;) {
    if (!isAlive(identity)) return true;
    await sleep(5);
  }
  return !isAlive(identity);
}

function signal(identity: Identity, name: "SIGTERM" | "SIGKILL"): void {
  if (isAlive(identity)) attempted(() => process.kill(identity.pid, name));
}

/** State and start are the third and the twenty-second field; the second may hold spaces and brackets. */
function startOnLinux(pid: number): string | undefined {
  const stat = attempted(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const fields = stat?.slice(stat.lastIndexOf(")") + 2).split(" ") ?? [];
  return fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}

function startElsewhere(pid: number): string | undefined {
  const told = said("ps", ["-o", "stat=,lstart=", "-p", `${pid}`]);
  return told === undefined || told.startsWith("Z")
    ? undefined
    : told.slice(told.indexOf(" ")).trim();
}

const argumentsOf = (pid: string): readonly string[] =>
  attempted(() => readFileSync(`/proc/${pid}/cmdline`, "utf8"))?.split("\0") ?? [];

/** Times of start count from the start of the machine on Linux; elsewhere they are dates. */
const bootId = (): string =>
  linux
    ? (attempted(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()) ?? "")
    : "";

const said = (command: string, args: readonly string[]): string | undefined =>
  attempted(() =>
    execFileSync(command, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim(),
  ) || undefined;

/** What a look at a process says, which may be gone at any moment. */
function attempted<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    // The process went away between two looks, which is an answer too.
    return undefined;
  }
}
