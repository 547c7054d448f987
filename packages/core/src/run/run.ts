import * as z from "zod";
import {
  command,
  Id,
  paged,
  PageInput,
  pageOf,
  put,
  timeOf,
  type Paged,
  type Stored,
} from "../kit/index.ts";
import { Owner } from "../owner/index.ts";
import type { Context } from "../world.ts";
import { topicOf } from "./attempt.ts";
import { runMachine } from "./machine.ts";
import { awaited, longestWaitSeconds } from "./news.ts";
import { attempts, Event, NotFound, runs, type Attempt, type Info } from "./schema.ts";

export * from "./attempt.ts";
export * from "./machine.ts";
export * from "./news.ts";
export * from "./outcome.ts";
export * from "./reactions.ts";
export * from "./reason.ts";
export * from "./schema.ts";
export * from "./steps.ts";
export * from "./sweep.ts";
export * from "./ticket.ts";
export * from "./workflow.ts";

/** A run with its attempt, as it is shown. */
export interface Detail {
  readonly run: Info;
  readonly attempt: Attempt;
}

/** One run; with `wait_seconds`, once it has ended or the time is over. */
export const get = command({
  input: z.object({ id: Id, wait_seconds: z.number().min(0).max(longestWaitSeconds).default(0) }),
  allow: "run.read",
  run: async ({ id, wait_seconds }, ctx: Context): Promise<Detail> => {
    const run = await awaited(ctx, { id, seconds: wait_seconds }, async () => {
      const found = await find(ctx, id);
      return { found, worth: runMachine.isFinal(found.state) };
    });
    return detail(ctx, run);
  },
});

/** Runs, newest first: of one job (those that are active above the others), or of an owner. */
export const list = command({
  input: PageInput.extend({ job_id: Id.optional(), owner: Owner.Reference.optional() }),
  allow: "run.read",
  run: async ({ job_id, owner, ...asked }, ctx: Context): Promise<Paged<Info>> => {
    const holder = await Owner.resolve(ctx, owner);
    const [index, partition] =
      job_id === undefined
        ? (["byOwner", `${holder.id}#run`] as const)
        : (["byParent", `${job_id}#run`] as const);
    const page = await pageOf(ctx.signer, partition, asked);
    const listed = await ctx.store.list(runs, index, partition, {
      ...page,
      descending: !asked.descending,
    });
    const items = listed.items.filter((run) => Owner.holds(ctx, run.owner_id));
    return paged(ctx.signer, partition, { ...listed, items });
  },
});

/** Asks a run to stop. One that has ended stays as it is, so a retry is safe; it is over once compute says so. */
export const stop = command({
  input: z.object({ id: Id }),
  allow: "run.write",
  run: async ({ id }, ctx: Context): Promise<Detail> => {
    const run = await find(ctx, id);
    if (!runMachine.can(run.state, "stop")) return detail(ctx, run);
    const stop_requested_at = timeOf(ctx.clock.now());
    const next: Info = { ...run, stop_requested_at, state: runMachine.next(run.state, "stop") };
    await ctx.store.commit(
      [put(runs, next, run)],
      [Event.StopRequested({ run: id, attempt: run.attempt })],
      ctx.caller.actor,
    );
    ctx.signals.changed(topicOf(id));
    return detail(ctx, next);
  },
});

/** The run, if the caller holds it; someone else's looks like none. */
export async function find(ctx: Context, id: string): Promise<Stored<Info>> {
  const run = await ctx.store.get(runs, id);
  if (!run || !Owner.holds(ctx, run.owner_id)) throw NotFound({ id });
  return run;
}

/** A run with its current attempt. */
export async function detail(ctx: Context, run: Info): Promise<Detail> {
  const attempt = await ctx.store.get(attempts, { run: run.id, number: run.attempt });
  if (!attempt) throw NotFound({ id: run.id });
  return { run, attempt };
}
