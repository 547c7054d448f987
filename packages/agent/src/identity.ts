import { readFileSync } from "node:fs";
import { isAbsent, textOf } from "./file.ts";

/** A process that cannot be mistaken for another one, also after its number is used again or the machine is restarted. */
export interface Identity {
  readonly pid: number;
  /** When it began, in the kernel's ticks. */
  readonly start: string;
  /** The boot of the machine in which that was. */
  readonly boot: string;
}

/** What `/proc/<pid>/stat` says of a process. */
export interface Stat {
  readonly state: string;
  readonly session: number;
  readonly start: string;
}

const bootFile = "/proc/sys/kernel/random/boot_id";
let boot: string | undefined;

/** The present boot of the machine. */
export const bootNow = (): string => (boot ??= readFileSync(bootFile, "utf8").trim());

/** What the kernel says of a process; undefined where there is none. */
export function statOf(pid: number): Stat | undefined {
  const text = statText(pid);
  if (text === undefined) return undefined;
  // The name of the program stands in parentheses and may hold anything, parentheses too.
  const fields = text.slice(text.lastIndexOf(") ") + 2).split(" ");
  return { state: fields[0] ?? "", session: Number(fields[3]), start: fields[19] ?? "" };
}

function statText(pid: number): string | undefined {
  try {
    return textOf(`/proc/${pid}/stat`);
  } catch (error) {
    // A process that ends while it is being read.
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return undefined;
    throw error;
  }
}

/** The identity of a process that runs now. */
export function identityOf(pid: number): Identity | undefined {
  const stat = statOf(pid);
  return stat && { pid, start: stat.start, boot: bootNow() };
}

/** An identity as one line, the form in which the shim writes its own. */
export const identityText = ({ pid, start, boot: of }: Identity): string =>
  `${pid} ${start} ${of}\n`;

/** Reads that line; undefined for anything else. */
export function identityFrom(text: string): Identity | undefined {
  const [, pid, start, of] = /^(\d+) (\d+) ([0-9a-f-]{36})\n$/.exec(text) ?? [];
  return pid === undefined || start === undefined || of === undefined
    ? undefined
    : { pid: Number(pid), start, boot: of };
}

export type Fate = "alive" | "dead" | "restarted";

/** What has become of a process. A zombie is dead. */
export function fateOf(identity: Identity): Fate {
  if (identity.boot !== bootNow()) return "restarted";
  const stat = statOf(identity.pid);
  const lives =
    stat !== undefined && stat.start === identity.start && stat.state !== "Z" && stat.state !== "X";
  return lives ? "alive" : "dead";
}

/** Sends a signal to a process if it is still that one; answers whether it was sent. */
export function signal(identity: Identity, name: NodeJS.Signals): boolean {
  if (fateOf(identity) !== "alive") return false;
  return kill(identity.pid, name);
}

/** Sends a signal; answers whether there was somebody to send it to. */
export function kill(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch (error) {
    if (isAbsent(error) || (error instanceof Error && "code" in error && error.code === "ESRCH"))
      return false;
    throw error;
  }
}
