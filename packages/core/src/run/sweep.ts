import type { Observation } from "../launch/compute.ts";
import { timeOf, wholeList } from "../kit/index.ts";
import type { World } from "../world.ts";
import { end, reading, resume, settle, type AttemptName, type Reading } from "./attempt.ts";
import { begin, claim, halt } from "./reactions.ts";
import { activityShards, runs, type Info } from "./schema.ts";
import { startTask } from "./steps.ts";

/** How long the normal course has before the sweeper takes a thing in hand. */
export const patienceSeconds = 60;

type Action = (world: World, now: Reading, name: AttemptName) => Promise<void>;

const wait: Action = async () => undefined;

/** The sweeper's table: what an attempt's state asks for when nothing has happened for a while. */
const whenStuck: Record<Reading["attempt"]["state"], Action> = {
  queued: (world, _, name) => claim(world, name),
  claimed: (world, _, name) => begin(world, name),
  launched: (world, now, name) => afterLaunch(world, now, name),
  ended: async (world, now, name) => {
    await resume(world, now.attempt);
    await settle(world, name);
  },
  settled: (world, _, name) => settle(world, name),
};

/** For a launched attempt, what compute's observation asks for. */
const whenObserved: Record<Observation["state"], Action> = {
  unknown: (world, now, name) => (started(now) ? vanished(world, name) : startTask(world, name)),
  active: wait,
  ended: wait,
};

/**
 * Finishes what lost its events and stops what has no record. Runs every minute, and with `patience` 0 when a server
 * comes back. Safe to run at any time, also twice at once.
 */
export async function sweep(world: World, patience = patienceSeconds): Promise<void> {
  const active = await activeRuns(world);
  for (const run of active) await sweepRun(world, run, patience);
  await stopStrays(world);
}

async function sweepRun(world: World, summary: Info, patience: number): Promise<void> {
  const name = { run: summary.id, attempt: summary.attempt };
  const now = await reading(world, name);
  if (now.run.ended_at !== undefined || world.clock.now() - lastSign(now) < patience * 1000) return;
  if (now.run.stop_requested_at !== undefined && !now.attempt.ended) await halt(world, name);
  // Asking to stop may have changed the state; what is left to do is seen anew.
  const then = await reading(world, name);
  await whenStuck[then.attempt.state](world, then, name);
}

async function afterLaunch(world: World, now: Reading, name: AttemptName): Promise<void> {
  // The execution may have died with the server that ran it; starting it again under its name is harmless.
  await begin(world, name);
  const observation = await world.compute.observe(name);
  if (observation.state === "ended") return end(world, name, endingOf(observation.ending));
  await whenObserved[observation.state](world, now, name);
}

const endingOf = ({
  at,
  exitCode,
  reason,
}: {
  at: string;
  exitCode?: number | undefined;
  reason?: string | undefined;
}) => ({
  at,
  ...(exitCode !== undefined && { exit_code: exitCode }),
  ...(reason !== undefined && { reason }),
});

const vanished = (world: World, name: AttemptName): Promise<void> =>
  end(world, name, { at: timeOf(world.clock.now()), reason: "compute.vanished" });

const started = ({ attempt }: Reading): boolean => attempt.steps.length > 0;

const lastSign = ({ run, attempt }: Reading): number =>
  Math.max(
    ...[run.created_at, attempt.claimed_at, attempt.launched_at, attempt.ended?.at].map((time) =>
      Date.parse(time ?? run.created_at),
    ),
  );

async function activeRuns(world: World): Promise<readonly Info[]> {
  const shards = Array.from({ length: activityShards }, (_, shard) => `active#${shard}`);
  const lists = await Promise.all(
    shards.map((partition) => wholeList(world.store, runs, "byActivity", { partition })),
  );
  return lists.flat();
}

/** Ends every task whose run is over, or that no run knows of. */
async function stopStrays(world: World): Promise<void> {
  for (const task of await world.compute.list()) {
    const run = await world.store.get(runs, task.run);
    if (!run || run.ended_at !== undefined || run.attempt !== task.attempt)
      await world.compute.stop(task, 0);
  }
}
