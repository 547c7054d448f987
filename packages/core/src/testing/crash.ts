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

export interface Mortal {
  /** The same world, made of ports that die at the point. */
  guard<W extends World>(world: W): W;
  /** How many outward acts there were, so that every point can be tried. */
  count(): number;
  alive(): boolean;
  /** From now on a new process acts, which does not die. */
  revive(): void;
}

/** Lets a world die at one point: after it nothing that it is asked for happens, until it is revived. */
export function mortal(point?: CrashPoint): Mortal {
  let count = 0;
  let alive = true;
  let doomed = true;
  const die = (): never => {
    alive = false;
    throw new Crash("The process died.");
  };
  const guarded = (act: Act): Act => async (...args) => {
    if (!alive) die();
    const mine = count;
    count += 1;
    const here = doomed && point?.act === mine ? point.side : undefined;
    if (here === "before") die();
    const result = await act(...args);
    if (here === "after") die();
    return result;
  };
  return {
    guard: (world) => ({ ...world, ...withGuards(world, guarded) }),
    count: () => count,
    alive: () => alive,
    revive: () => {
      alive = true;
      doomed = false;
    },
  };
}

function withGuards(world: World, guarded: (act: Act) => Act): Partial<World> {
  const ports = Object.entries(acts).map(([name, methods]) => {
    const port: object = Reflect.get(world, name);
    const copies = methods.map((method) => [method, guarded(Reflect.get(port, method).bind(port))]);
    return [name, { ...port, ...Object.fromEntries(copies) }];
  });
  return Object.fromEntries(ports);
}
