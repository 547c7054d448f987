import * as z from "zod";
import { command, Id, paged, PageInput, pageOf, type Paged } from "../kit/index.ts";
import { Job } from "../job/index.ts";
import { Log } from "../log/index.ts";
import { Owner } from "../owner/index.ts";
import { Run } from "../run/index.ts";
import type { Context } from "../world.ts";
import { nameOf, placeOf } from "./name.ts";
import { NotFound, type Container, type Detail, type Pod, type Traced } from "./schema.ts";

export * from "./name.ts";
export * from "./schema.ts";

/** A job with its pods. */
export interface OfJob {
  readonly job: Job.Info;
  readonly pods: readonly Pod[];
  /** When they were seen so, in milliseconds. */
  readonly seenAt: number;
}

/** How many runs back a job's history goes. */
const historyLength = 200;

/** A job's pods, those that have not ended before all others, then the newest. */
export const history = command({
  input: z.object({ id: Id }),
  allow: "job.read",
  run: async ({ id }, ctx: Context): Promise<OfJob> => {
    const job = await Job.find(ctx, id);
    const { items } = await ctx.store.list(Run.runs, "byParent", `${id}#run`, {
      size: historyLength,
      descending: true,
    });
    return { job, pods: await podsOf(ctx, job, items), seenAt: ctx.clock.now() };
  },
});

/** A job's pods that have not ended, newest first. */
export const active = command({
  input: PageInput.extend({ id: Id }),
  allow: "job.read",
  run: async ({ id, ...asked }, ctx: Context): Promise<OfJob & Paged<Pod>> => {
    const job = await Job.find(ctx, id);
    const scope = `${id}#run#active`;
    const page = {
      ...(await pageOf(ctx.signer, scope, asked)),
      prefix: Run.active,
      descending: !asked.descending,
    };
    const listed = await ctx.store.list(Run.runs, "byParent", `${id}#run`, page);
    const pods = await podsOf(ctx, job, listed.items);
    return {
      job,
      pods,
      seenAt: ctx.clock.now(),
      ...(await paged(ctx.signer, scope, { ...listed, items: pods })),
    };
  },
});

/** A pod that has not ended, with its log so far. */
export const get = command({
  input: z.object({ name: z.string() }),
  allow: "run.read",
  run: async ({ name }, ctx: Context): Promise<Detail> => {
    const pod = await find(ctx, name);
    if (pod.attempt.ended || Run.runMachine.isFinal(pod.run.state)) throw NotFound({ name });
    return { ...pod, log: await Log.whole(ctx, pod.attempt) };
  },
});

/** The last lines that one container of a pod has written, or both of them; also after the pod's end. */
export const log = command({
  input: z.object({
    name: z.string(),
    container_name: z.string().optional(),
    page_size: z.int().min(1).max(5000).default(1000),
  }),
  allow: "run.read",
  run: async ({ name, container_name, page_size }, ctx: Context): Promise<string> => {
    const { attempt } = await find(ctx, name);
    const entries = await Log.whole(ctx, attempt);
    const shown = entries.filter(
      ({ step }) => container_name === undefined || containerOf(step) === container_name,
    );
    return lastLines(textOf(shown), page_size);
  },
});

/**
 * A page of the log of one of a job's pods, or of its newest; a job that never ran has an empty one. `next_key` is there
 * while more may follow. With `whole`, all of the log at once.
 */
export const logOfJob = command({
  input: z.object({
    id: Id,
    pod_name: z.string().optional(),
    next_key: z.string().optional(),
    whole: z.boolean().default(false),
  }),
  allow: "job.read",
  run: async ({ id, pod_name, next_key, whole }, ctx: Context): Promise<Page> => {
    const name = pod_name ?? (await history(ctx, { id })).pods[0]?.name;
    if (name === undefined) return { entries: [] };
    const pod = await find(ctx, name);
    if (pod.run.job_id !== id) throw NotFound({ name });
    if (whole) return { pod, entries: await Log.whole(ctx, pod.attempt) };
    const { entries, cursor, ended } = await Log.read(ctx, {
      id: pod.run.id,
      cursor: next_key,
      wait_seconds: 0,
    });
    return { pod, entries, next_key: entries.length > 0 && !ended ? cursor : undefined };
  },
});

export interface Page {
  readonly pod?: Traced;
  readonly entries: readonly Log.Entry[];
  readonly next_key?: string | undefined;
}

/** Which container shows a step. */
export const containerOf = (step: Log.Entry["step"]): Container =>
  step === "command" ? "main" : "prepare";

export const textOf = (entries: readonly Log.Entry[]): string =>
  entries.map(({ text }) => text).join("");

async function podsOf(ctx: Context, job: Job.Info, runs: readonly Run.Info[]): Promise<Pod[]> {
  const owner = await ctx.store.get(Owner.owners, job.owner_id);
  return runs.map((run) => ({ name: nameOf(run, owner?.identity_name ?? ""), run }));
}

/** The pod of that name, if the caller holds its run; someone else's looks like none. */
async function find(ctx: Context, name: string): Promise<Traced> {
  const place = placeOf(name);
  if (!place) throw NotFound({ name });
  const [run, attempt] = await Promise.all([
    ctx.store.get(Run.runs, place.run),
    ctx.store.get(Run.attempts, { run: place.run, number: place.attempt }),
  ]);
  if (!run || !attempt || !Owner.holds(ctx, run.owner_id)) throw NotFound({ name });
  return { name, run, attempt };
}

function lastLines(text: string, count: number): string {
  const lines = text.split("\n");
  const unfinished = lines.at(-1) === "" ? 1 : 0;
  return lines.slice(-count - unfinished).join("\n");
}
