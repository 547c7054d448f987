import * as z from "zod";
import { Job as Jobs } from "../../job/index.ts";
import { wireTime } from "../../kit/index.ts";
import { Launch } from "../../launch/index.ts";
import { Size } from "../../size/index.ts";
import { ImageTag, showBareUri, showImageTag } from "./image-tag.ts";
import { Owner, showOwner } from "./owner.ts";
import { keyFields, keysOf } from "./page.ts";

const ConcurrencyPolicy = z.enum(["Allow", "Forbid", "Replace"]);
const GitRepository = z.strictObject(Jobs.GitRepository.shape);

export const Job = z.strictObject({
  id: z.string(),
  name: z.string(),
  owner: Owner,
  command: z.string(),
  description: z.string(),
  tags: z.record(z.string(), z.string()),
  instance_size: z.string(),
  image_tag: ImageTag,
  extra_packages: Launch.FlatPackages,
  config_files: z.record(z.string(), z.strictObject({ content: z.string(), mode: z.string() })),
  cron_schedule_options: z
    .strictObject({ schedule: z.string(), concurrency_policy: ConcurrencyPolicy })
    .optional(),
  start_script: z.string(),
  environment_variables: z.record(z.string(), z.string()),
  working_dir: z.string(),
  is_spot: z.boolean(),
  start_dind: z.boolean(),
  scale: z.int(),
  retries: z.int(),
  k8s_name: z.string(),
  require_restart: z.boolean(),
  resource_type: z.literal("job"),
  size_display: z.string(),
  created_at: z.string(),
  updated_at: z.string(),
  last_deploy: z.string(),
  status: z.enum(["pending", "running", "stopping", "stopped", "completed", "error"]),
  running_count: z.int(),
  debug_mode: z.boolean(),
  scheduled: z.boolean(),
  /** Ours: the repositories by their addresses. */
  git_repositories: z.array(GitRepository),
});

/** A job whose run has just been asked for. */
export const StartedJob = Job.extend({ run_id: z.string() });

export const JobList = z.strictObject({ jobs: z.array(Job), ...keyFields });

export function showJob({ job, owner, image, size, activity }: Jobs.Detail): z.infer<typeof Job> {
  return {
    id: job.id,
    name: job.name,
    owner: showOwner(owner),
    command: Jobs.commandText(job.command),
    description: job.description,
    tags: job.tags,
    instance_size: job.instance_type,
    image_tag: tagOf(image, owner, job.created_at),
    extra_packages: Launch.packagesToFlat(job.extra_packages),
    config_files: job.config_files,
    ...(job.schedule !== undefined && {
      cron_schedule_options: { schedule: job.schedule, concurrency_policy: job.concurrency_policy },
    }),
    start_script: job.start_script,
    environment_variables: job.environment_variables,
    working_dir: job.working_directory,
    is_spot: job.use_spot_instance,
    start_dind: job.start_dind,
    scale: job.scale,
    retries: job.retries,
    k8s_name: job.name.toLowerCase(),
    require_restart: false,
    resource_type: "job",
    size_display: size ? Size.display(size) : job.instance_type,
    created_at: wireTime(job.created_at),
    updated_at: wireTime(job.updated_at),
    // A job that never ran has been deployed, to clients that insist on a time, when it was made.
    last_deploy: wireTime(activity.last_started_at ?? job.created_at),
    status: activity.status,
    running_count: activity.running_count,
    debug_mode: false,
    scheduled: false,
    git_repositories: job.git_repositories,
  };
}

function tagOf(
  { choice, image, version, owner }: Jobs.Detail["image"],
  holder: Jobs.Detail["owner"],
  since: string,
): z.infer<typeof ImageTag> {
  if (image && version && owner) return showImageTag({ image, version, owner });
  return showBareUri(choice.uri, holder, since);
}

export const showStarted = (started: Jobs.Started): z.infer<typeof StartedJob> => ({
  ...showJob(started),
  run_id: started.run.id,
});

export const showJobs = (page: {
  items: readonly Jobs.Detail[];
  next_key?: string | undefined;
  prev_key?: string | undefined;
}): z.infer<typeof JobList> => ({
  jobs: page.items.map(showJob),
  ...keysOf(page),
});
