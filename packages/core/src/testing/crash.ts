import type { World } from "../world.ts";

/** Thrown where the process is imagined to die: nothing catches it but the test. */
export class Crash extends Error {}

/** Where in the course of events the process dies: just before or just after its n-th outward act. */
export interface CrashPoint {
  readonly act: number;
  readonly side: "before" | "after";
}

type Act = (...args: never[]) => Promise<unknown>;

/** The ports whose methods leave a trace outside of the process. */
const acts = { store: ["commit"], compute: ["start", "stop"], workflows: ["start", "succeed"], objects: ["put"] } as const;

/**
 * The same world, dying at one point: after that nothing that it is asked for happens any more.
 * `count` tells how many outward acts there were, so that every point can be tried.
 */
export function mortal<W extends World>(world: W, point?: CrashPoint): { world: W; count: () => number; alive: () => boolean } {
  let count = 0;
  let alive = true;
  const die = (): never => {
    alive = false;
    throw new Crash("The process died.");
  };
  const guarded = (act: Act): Act => async (...args) => {
    if (!alive) die();
    const mine = count;
    count += 1;
    if (point?.act === mine && point.side === "before") die();
    const result = await act(...args);
    if (point?.act === mine && point.side === "after") die();
    return result;
  };
  const ports = Object.entries(acts).map(([port, methods]) => [port, withGuards(world[port as keyof typeof acts], methods, guarded)]);
  return { world: { ...world, ...Object.fromEntries(ports) }, count: () => count, alive: () => alive };
}

function withGuards(port: object, methods: readonly string[], guarded: (act: Act) => Act): object {
  const copy: Record<string, unknown> = { ...port };
  for (const method of methods) {
    const act = copy[method];
    if (typeof act === "function") copy[method] = guarded(act.bind(port) as Act);
  }
  return copy;
}
