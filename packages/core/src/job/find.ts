import { wholeList, type Stored } from "../kit/index.ts";
import { Image } from "../image/index.ts";
import { Owner } from "../owner/index.ts";
import { Run } from "../run/index.ts";
import { Size } from "../size/index.ts";
import type { Context, World } from "../world.ts";
import { jobs, NotFound, type Info } from "./schema.ts";

/** A job with what every view of it needs: owner, image, and what its runs say. */
export interface Detail {
  readonly job: Info;
  readonly owner: Owner.Info;
  readonly image: Image.Chosen;
  readonly size: Size.InstanceSize | undefined;
  readonly activity: Activity;
}

/** What a job is doing, derived from its runs: its own record never says. */
export interface Activity {
  readonly status: Run.RunState;
  readonly running_count: number;
  readonly last_started_at: string | undefined;
}

/** The job, if the caller holds it; someone else's looks like none. */
export async function find(ctx: Context, id: string): Promise<Stored<Info>> {
  const job = await ctx.store.get(jobs, id);
  if (!job || !Owner.holds(ctx, job.owner_id)) throw NotFound({ name: id });
  return job;
}

/** The job with its surroundings and what it is doing. */
export async function detail(ctx: Context, job: Info): Promise<Detail> {
  const [around, activity] = await Promise.all([surroundings(ctx, job), activityOf(ctx, job.id)]);
  const size = ctx.platform.sizes.find(({ name }) => name === job.instance_type);
  return { job, ...around, size, activity };
}

/** The owner and the image that a job names. */
export async function surroundings(
  ctx: Context,
  job: Info,
): Promise<Pick<Detail, "owner" | "image">> {
  const holder = ctx.store.get(Owner.owners, job.owner_id);
  const [owner, image] = await Promise.all([holder, Image.chosen(ctx, job.image, holder)]);
  if (!owner) throw NotFound({ name: job.name });
  return { owner, image };
}

/** How many runs are read to see what a job is doing; with more active ones than that, all of them are. */
const glance = 25;

/** What a job's runs say of it: the most advanced active one, or else how the newest ended. */
export async function activityOf(world: World, jobId: string): Promise<Activity> {
  const partition = `${jobId}#run`;
  const { items } = await world.store.list(Run.runs, "byParent", partition, {
    size: glance,
    descending: true,
  });
  const seen = items.filter((run) => !Run.runMachine.isFinal(run.state));
  const active =
    seen.length < glance
      ? seen
      : await wholeList(world.store, Run.runs, "byParent", { partition, prefix: Run.active });
  const statuses = new Set(active.map((run) => run.state));
  const leading = (["running", "pending", "stopping"] as const).find((state) =>
    statuses.has(state),
  );
  return {
    status: leading ?? items[0]?.state ?? "stopped",
    running_count: active.filter((run) => run.state === "running").length,
    last_started_at: items[0]?.created_at,
  };
}
