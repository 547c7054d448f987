import { readdir, readFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { boot, type Server } from "./server.ts";

/** What may be killed without anything being lost. */
export const targets = ["server", "dynoxide", "agent"] as const;
export type Target = (typeof targets)[number];

/** Small numbers from a seed, the same ones each time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Kills one process of a server with SIGKILL at once; a killed server is booted again on its home. */
export async function kill(server: Server, target: Target): Promise<Server> {
  if (target !== "server") {
    const pid = await childOf(server, target);
    if (pid !== undefined) process.kill(pid, "SIGKILL");
    return server;
  }
  await server.end("SIGKILL");
  return boot(server.home);
}

/** The server's child whose command line names the target. */
async function childOf(server: Server, target: Target): Promise<number | undefined> {
  for (const name of await readdir("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    const [command, status] = await Promise.all(
      ["cmdline", "status"].map((file) =>
        readFile(`/proc/${name}/${file}`, "utf8").catch(() => ""),
      ),
    );
    if (status?.includes(`PPid:\t${server.child.pid}\n`) && command?.includes(target))
      return Number(name);
  }
  return undefined;
}

/** Asks again while nobody is there to answer. */
export async function patient<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await work();
    } catch {
      await pause(100);
    }
  }
  return work();
}
