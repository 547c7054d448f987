import { Image } from "../image/index.ts";
import { Job } from "../job/index.ts";
import { Owner } from "../owner/index.ts";
import { Run } from "../run/index.ts";
import type { Context } from "../world.ts";
import type { Action, JobRecipe } from "./answer.ts";
import { schemaVersion, type JobSpec } from "./schema.ts";

/** What an answer adds to a recipe, or leaves out of it so that it can be cloned. */
export interface Shown {
  readonly asTemplate?: boolean | undefined;
  readonly action?: Action | undefined;
}

/** Makes the job, or makes the one of that name say exactly this; then starts or stops it where the recipe says so. */
export async function applyJob(ctx: Context, { status, ...wanted }: JobSpec): Promise<JobRecipe> {
  const { action, ...detail } = await Job.apply(ctx, wanted);
  return showJob(await moved(ctx, detail, status), { action });
}

/** Makes a job; one of that name may not be there yet. */
export async function createJob(ctx: Context, { status, ...wanted }: JobSpec): Promise<JobRecipe> {
  return showJob(await moved(ctx, await Job.create(ctx, wanted), status), { action: "created" });
}

async function moved(
  ctx: Context,
  detail: Job.Detail,
  status: JobSpec["status"],
): Promise<Job.Detail> {
  const { id } = detail.job;
  const isActive = !Run.runMachine.isFinal(detail.activity.status);
  if (status === "running" && !isActive) return Job.start(ctx, { id });
  if (status === "stopped" && isActive) return Job.stop(ctx, { id });
  return detail;
}

/** A job as a recipe of the current layout. */
export function showJob(
  { job, owner, image, activity }: Job.Detail,
  { asTemplate = false, action }: Shown = {},
): JobRecipe {
  const { name, ...said } = Job.Spec.parse(job);
  const spec = {
    name,
    ...(!asTemplate && { owner: Owner.nameOf(owner) }),
    ...said,
    image: Image.referenceOf(image),
    command: Job.commandText(job.command),
  };
  const state = { id: job.id, ...(action && { action }), status: activity.status };
  return { schema_version: schemaVersion, type: "job", spec, ...(!asTemplate && { state }) };
}
