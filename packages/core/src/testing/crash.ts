import type { World } from "../world.ts";

/** Thrown where the process is imagined to die: nothing catches it but the test. */
export class Crash extends Error {}

/** Where in the course of events the process dies: just before or just after its n-th outward act. */
export interface CrashPoint {
  readonly act: number;
  readonly side: "before" | "after";
}

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
  const guarded =
    <Args extends unknown[], Out>(act: (...args: Args) => Promise<Out>) =>
    async (...args: Args): Promise<Out> => {
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
    // The acts that leave a trace outside of the process.
    guard: (world) => ({
      ...world,
      store: { ...world.store, commit: guarded(world.store.commit) },
      compute: {
        ...world.compute,
        start: guarded(world.compute.start),
        stop: guarded(world.compute.stop),
      },
      workflows: {
        ...world.workflows,
        start: guarded(world.workflows.start),
        succeed: guarded(world.workflows.succeed),
      },
      objects: { ...world.objects, put: guarded(world.objects.put) },
    }),
    count: () => count,
    alive: () => alive,
    revive: () => {
      alive = true;
      doomed = false;
    },
  };
}
