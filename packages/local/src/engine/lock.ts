import { failure } from "@cassini/core/kit";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { Identity, identityOf, isAlive } from "./process.ts";

export const HomeTaken = failure<{ home: string; pid: number; port: number; since: string }>(
  "conflict",
  "server.home_taken",
  ({ home, pid, port, since }) =>
    `A server uses ${home} already: process ${pid} on port ${port}, since ${since}. Stop it first, or give this one another folder with --home.`,
);

/** Who holds a lock. Each taking has a nonce of its own, so that one holder is never mistaken for the next. */
const Holder = Identity.extend({ port: z.int(), since: z.string(), nonce: z.string() });
type Holder = z.infer<typeof Holder>;

export interface Lock {
  /** Lets the next server in. */
  release(): void;
}

/** Takes a home for this process, for as long as it lives; fails with `server.home_taken` while another one holds it. */
export function takeLock(home: string, port: number): Lock {
  const me = identityOf(process.pid);
  if (!me) throw new Error("This process does not find itself among the processes.");
  const holder: Holder = {
    ...me,
    port,
    since: new Date().toISOString(),
    nonce: crypto.randomUUID(),
  };
  const path = join(home, "server.lock");
  const draft = `${path}-${holder.nonce}`;
  writeFileSync(draft, JSON.stringify(holder), { mode: 0o600 });
  try {
    claim(path, draft, home);
  } finally {
    rmSync(draft);
  }
  return {
    release: () => {
      if (holderOf(path)?.nonce === holder.nonce) rmSync(path);
    },
  };
}

/**
 * Puts the draft at the path if nobody is there. A dead holder is replaced by whoever holds the right to replace it, which is
 * itself a lock that is named after the dead one: so of many who find it dead one comes in, and whoever comes late finds another holder.
 */
function claim(path: string, draft: string, home: string): void {
  while (!linked(draft, path)) {
    const holder = holderOf(path);
    if (!holder) continue;
    if (isAlive(holder))
      throw HomeTaken({ home, pid: holder.pid, port: holder.port, since: holder.since });
    const right = `${path}.${holder.nonce}`;
    claim(right, draft, home);
    try {
      if (holderOf(path)?.nonce === holder.nonce) return replace(path, draft);
    } finally {
      rmSync(right);
    }
  }
}

/** A link appears with its content or not at all, and only where nothing was. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function replace(path: string, draft: string): void {
  const copy = `${draft}-copy`;
  linkSync(draft, copy);
  renameSync(copy, path);
}

/** What a lock says, undefined where there is none. One that cannot be read was cut off with its machine: its holder is dead. */
function holderOf(path: string): Holder | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    return { pid: 0, started: "", boot: "", port: 0, since: "", nonce: "unreadable" };
  }
}
