import * as z from "zod";
import { canonical, command, Id, put, timeOf, wholeList } from "../kit/index.ts";
import { Launch } from "../launch/index.ts";
import type { Plan } from "../launch/schema.ts";
import { Run } from "../run/index.ts";
import { Size } from "../size/index.ts";
import type { Context } from "../world.ts";
import { activityOf, detail, find, surroundings, type Detail } from "./find.ts";
import type { Info } from "./schema.ts";

/** A job whose run has just been asked for. */
export interface Started extends Detail {
  readonly run: Run.Info;
}

/** Starts another run of the job, whether or not one is running. What runs is fixed now: later changes do not reach it. */
export const start = command({
  input: z.object({ id: Id, debug_mode: z.boolean().optional() }),
  allow: "job.write",
  run: async ({ id }, ctx: Context): Promise<Started> => {
    const job = await find(ctx, id);
    const size = Size.startable(ctx, job.instance_type);
    const { owner, image } = await surroundings(ctx, job);
    const image_uri = image.version?.image_uri ?? job.image.uri;
    const plan = Launch.planOf({ job, image_uri, size, owner, platform: ctx.platform });
    const refusals = await ctx.compute.refusals(plan);
    if (refusals.length > 0) throw Launch.Refused({ why: refusals.join(" ") });
    const run = newRun(ctx, job, await keep(ctx, plan));
    const attempt: Run.Attempt = {
      run_id: run.id,
      number: 1,
      state: "queued",
      steps: [],
      commits: [],
      lines: [],
      created_at: run.created_at,
    };
    await ctx.store.commit(
      [put(Run.runs, run), put(Run.attempts, attempt)],
      [Run.Event.Queued({ run: run.id, attempt: 1 })],
      ctx.caller.actor,
    );
    return { job, owner, image, size, run, activity: await activityOf(ctx, id) };
  },
});

/** Asks every active run of the job to stop. None is fine. */
export const stop = command({
  input: z.object({ id: Id }),
  allow: "job.write",
  run: async ({ id }, ctx: Context): Promise<Detail> => {
    const job = await find(ctx, id);
    await stopAll(ctx, job);
    return detail(ctx, job);
  },
});

/** Stops what runs and starts anew. */
export const restart = command({
  input: z.object({ id: Id, debug_mode: z.boolean().optional() }),
  allow: "job.write",
  run: async ({ id }, ctx: Context): Promise<Started> => {
    await stopAll(ctx, await find(ctx, id));
    return start(ctx, { id });
  },
});

/** Asks every active run of a job to stop. */
export async function stopAll(ctx: Context, job: Info): Promise<void> {
  const active = await wholeList(ctx.store, Run.runs, "byParent", {
    partition: `${job.id}#run`,
    prefix: Run.active,
  });
  await Promise.all(active.map(({ id }) => Run.stop(ctx, { id })));
}

/** Plans are kept under their own hash, so the same job started twice keeps one. */
async function keep(ctx: Context, plan: Plan): Promise<string> {
  const key = await Launch.planKey(plan);
  if (!(await ctx.objects.get(key)))
    await ctx.objects.put(key, new TextEncoder().encode(canonical(plan)));
  return key;
}

function newRun(ctx: Context, job: Info, plan: string): Run.Info {
  const id = ctx.ids.id();
  return {
    id,
    job_id: job.id,
    owner_id: job.owner_id,
    name: `${job.name}-${id.slice(0, 8)}`,
    plan,
    state: "pending",
    attempt: 1,
    trigger: "api",
    commits: [],
    created_by: ctx.caller.actor,
    created_at: timeOf(ctx.clock.now()),
  };
}
