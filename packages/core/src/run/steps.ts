import { put, timeOf, type Stored } from "../kit/index.ts";
import { Launch } from "../launch/index.ts";
import type { Task as ComputeTask } from "../launch/compute.ts";
import { Plan } from "../launch/schema.ts";
import type { World } from "../world.ts";
import {
  decidedAlone,
  end,
  platformActor,
  reading,
  resume,
  runOf,
  type AttemptName,
} from "./attempt.ts";
import { attemptMachine } from "./machine.ts";
import { attempts, type Attempt, type Info } from "./schema.ts";
import { ticketOf } from "./ticket.ts";
import { executionName } from "./workflow.ts";

export { settle } from "./attempt.ts";

/** The time that a task has between SIGTERM and SIGKILL. */
export const graceSeconds = 30;

/** The plan that a run carries out. */
export async function planOf(world: Pick<World, "objects">, run: Info): Promise<Plan> {
  const bytes = await world.objects.get(run.plan);
  if (!bytes) throw new Error(`The plan ${run.plan} of run ${run.id} is gone.`);
  return Plan.parse(JSON.parse(new TextDecoder().decode(bytes)));
}

/** First step: makes sure that the plan can be read and still can run here, before anything costs money. */
export async function prepare(world: World, name: AttemptName): Promise<void> {
  const { run, attempt } = await reading(world, name);
  if (attempt.ended) return;
  const refusals = await world.compute.refusals(await planOf(world, run));
  if (refusals.length > 0) throw Launch.Refused({ why: refusals.join(" ") });
}

/**
 * Second step: writes down token and client token, then asks compute to start, which it does once per client token.
 * Between write and act anything may die: the sweeper acts again from what was written.
 */
export async function launch(world: World, input: AttemptName & { token: string }): Promise<void> {
  const attempt = await decidedAlone(world, input, async (now) => {
    const next = launched(world, now, input.token);
    await world.store.commit([put(attempts, next, now)], [], platformActor);
    return next;
  });
  if (attempt.ended) return resume(world, attempt);
  await startTask(world, input);
}

/** Asks compute for the task of a launched attempt, unless it is to be stopped. Safe to repeat. */
export async function startTask(world: World, name: AttemptName): Promise<void> {
  const run = await runOf(world, name);
  if (run.stop_requested_at !== undefined) return end(world, name, stopped(world));
  await world.compute.start(await taskOf(world, run, name));
  // A stop that arrived between reading and starting found nothing to stop.
  const { stop_requested_at } = await runOf(world, name);
  if (stop_requested_at !== undefined) await world.compute.stop(name, graceSeconds);
}

const stopped = (world: World) => ({ at: timeOf(world.clock.now()), reason: "run.stopped" });

async function taskOf(world: World, run: Stored<Info>, name: AttemptName): Promise<ComputeTask> {
  const plan = await planOf(world, run);
  return {
    run: name.run,
    attempt: name.attempt,
    clientToken: executionName(name.run, name.attempt),
    ticket: await ticketOf(world, name),
    ownerId: run.owner_id,
    imageUri: plan.image_uri,
    instance: plan.instance,
  };
}

function launched(world: World, attempt: Attempt, token: string): Attempt {
  if (attempt.ended) return { ...attempt, task_token: token };
  return {
    ...attempt,
    state: attemptMachine.next(attempt.state, "launch"),
    launched_at: attempt.launched_at ?? timeOf(world.clock.now()),
    client_token: executionName(attempt.run_id, attempt.number),
    task_token: token,
  };
}
