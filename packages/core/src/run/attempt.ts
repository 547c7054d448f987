import { put, remove, retried, timeOf, type Change, type Stored } from "../kit/index.ts";
import { Token } from "../token/index.ts";
import type { World } from "../world.ts";
import { attemptMachine, runMachine } from "./machine.ts";
import { outcomeOf, startedAt } from "./outcome.ts";
import { attempts, Event, NotFound, runs, type Attempt, type Ended, type Info } from "./schema.ts";

export interface AttemptName {
  readonly run: string;
  readonly attempt: number;
}
export interface Reading {
  readonly run: Stored<Info>;
  readonly attempt: Stored<Attempt>;
}

/** How the platform signs what it does of its own accord. */
export const platformActor = "platform";

const staleRetries = 10;

/** What waits for news of a run. */
export const topicOf = (run: string): string => `run#${run}`;

/** The run and the attempt as they are now; fails with `run.not_found`. */
export async function reading(world: World, { run, attempt }: AttemptName): Promise<Reading> {
  const [found, tried] = await Promise.all([
    world.store.get(runs, run),
    world.store.get(attempts, { run, number: attempt }),
  ]);
  if (!found || !tried) throw NotFound({ id: run });
  return { run: found, attempt: tried };
}

/** The run as it is now; fails with `run.not_found`. */
export async function runOf(world: World, { run }: AttemptName): Promise<Stored<Info>> {
  const found = await world.store.get(runs, run);
  if (!found) throw NotFound({ id: run });
  return found;
}

/** The same for what only the attempt itself decides. */
export const decidedAlone = <T>(
  world: World,
  { run, attempt: number }: AttemptName,
  decide: (attempt: Stored<Attempt>) => Promise<T>,
): Promise<T> =>
  retried(async () => {
    const attempt = await world.store.get(attempts, { run, number });
    if (!attempt) throw NotFound({ id: run });
    return decide(attempt);
  }, staleRetries);

/** Runs a decision on a fresh reading, again while somebody else is faster. */
export const decided = <T>(
  world: World,
  name: AttemptName,
  decide: (now: Reading) => Promise<T>,
): Promise<T> => retried(async () => decide(await reading(world, name)), staleRetries);

/**
 * Writes down that an attempt has ended, then looks who waits for it. Safe to repeat; the first word stands.
 * Whoever finds token and end resumes the execution; an attempt that was never claimed has none and is settled at once.
 */
export async function end(world: World, name: AttemptName, ended: Ended): Promise<void> {
  const attempt = await decidedAlone(world, name, async (now) => {
    if (now.ended) return now;
    const next: Attempt = { ...now, ended, state: attemptMachine.next(now.state, "end") };
    await world.store.commit([put(attempts, next, now)], [], platformActor);
    return next;
  });
  await resume(world, attempt);
}

/** Lets the execution of an ended attempt go on. */
export async function resume(world: World, attempt: Attempt): Promise<void> {
  if (attempt.task_token !== undefined) await world.workflows.succeed(attempt.task_token);
  else if (attempt.claimed_at === undefined)
    await settle(world, { run: attempt.run_id, attempt: attempt.number });
}

/**
 * The last step: turns the end of an attempt into the end of its run, in one commit that also ends the task's token.
 * An attempt that comes here without an end could not be carried out; its task, if there is one, is told to stop.
 */
export async function settle(world: World, name: AttemptName): Promise<void> {
  await decided(world, name, async (now) => {
    if (runMachine.isFinal(now.run.state)) return;
    const ended = now.attempt.ended ?? {
      at: timeOf(world.clock.now()),
      reason: unable(now.attempt),
    };
    if (!now.attempt.ended) await world.compute.stop(name, 0);
    await world.store.commit(
      await settling(world, now, ended),
      [finished(now.run, now, ended)],
      platformActor,
    );
  });
  world.signals.changed(topicOf(name.run));
}

const unable = (attempt: Attempt): string =>
  attempt.state === "launched" ? "compute.start_failed" : "platform.failed";

async function settling(world: World, { run, attempt }: Reading, ended: Ended): Promise<Change[]> {
  const { state, exit_code, reason } = outcomeOf(run, attempt, ended);
  const token = attempt.token_hash && (await world.store.get(Token.tokens, attempt.token_hash));
  const settled: Info = {
    ...run,
    state,
    ended_at: ended.at,
    started_at: run.started_at ?? startedAt(attempt),
    commits: attempt.commits,
    ...(exit_code !== undefined && { exit_code }),
    ...(reason && { reason }),
  };
  return [
    put(runs, settled, run),
    put(attempts, { ...attempt, ended, state: "settled" }, attempt),
    ...(token ? [remove(Token.tokens, token)] : []),
  ];
}

function finished(run: Info, { attempt }: Reading, ended: Ended) {
  const { state, exit_code } = outcomeOf(run, attempt, ended);
  return Event.Ended({
    run: run.id,
    job: run.job_id,
    state,
    ...(exit_code !== undefined && { exit_code }),
  });
}
