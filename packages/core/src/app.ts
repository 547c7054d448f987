import { Http } from "./http/index.ts";
import type { Reaction } from "./kit/index.ts";
import { Run } from "./run/index.ts";
import type { World } from "./world.ts";

/** What can be asked of the system over HTTP. */
export const { routes } = Http;

/** Where everything is kept: the one table, as data. */
export { tableDefinition } from "./kit/index.ts";

/** What the system does when something has happened. */
export const reactions: Readonly<Record<"startRun" | "stopRun", Reaction<World>>> = {
  startRun: Run.startRun,
  stopRun: Run.stopRun,
};

/** The state machines, as data; each state names one of `steps`. */
export const workflows = { run: Run.definition } as const;

/** The steps of the state machines. */
export const steps = {
  prepare: Run.prepare,
  launch: Run.launch,
  settle: Run.settle,
} as const;

/** What the system does by the clock. */
export const schedules = {
  sweep: { everySeconds: Run.patienceSeconds, run: (world: World) => Run.sweep(world) },
} as const;
