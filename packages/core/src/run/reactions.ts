import { on, put, timeOf } from "../kit/index.ts";
import type { World } from "../world.ts";
import { decidedAlone, end, platformActor, type AttemptName } from "./attempt.ts";
import { attemptMachine } from "./machine.ts";
import { attempts, Event } from "./schema.ts";
import { graceSeconds } from "./steps.ts";
import { executionName } from "./workflow.ts";

/** Claims the attempt, then starts the execution of its name. The claim is the fence: a second delivery finds it and stops here. */
export const startRun = on(Event.Queued, (world: World, name) => claim(world, name));

/** Carries a wish to stop to where the attempt is: nowhere yet, or in the hands of compute. */
export const stopRun = on(Event.StopRequested, (world: World, name) => halt(world, name));

/** Claims an attempt that nobody has claimed and starts its execution. Safe to repeat. */
export async function claim(world: World, name: AttemptName): Promise<void> {
  const mine = await decidedAlone(world, name, async (attempt) => {
    if (attempt.state !== "queued") return false;
    const claimed_at = timeOf(world.clock.now());
    const next = { ...attempt, claimed_at, state: attemptMachine.next(attempt.state, "claim") };
    await world.store.commit([put(attempts, next, attempt)], [], platformActor);
    return true;
  });
  if (mine) await begin(world, name);
}

/** Starts the execution of a claimed attempt; one that is there already is success. */
export const begin = (world: World, { run, attempt }: AttemptName): Promise<void> =>
  world.workflows.start(executionName(run, attempt), { run, attempt });

/** Ends an attempt that has not been launched, or asks compute to stop its task. Safe to repeat. */
export async function halt(world: World, name: AttemptName): Promise<void> {
  const launched = await decidedAlone(world, name, async (attempt) => attempt.state === "launched");
  if (launched) await world.compute.stop(name, graceSeconds);
  else await end(world, name, { at: timeOf(world.clock.now()), reason: "run.stopped" });
}
