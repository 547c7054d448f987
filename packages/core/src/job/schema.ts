import * as z from "zod";
import { entity, failure, Id, Time } from "../kit/index.ts";
import { ConfigFile, defaultWorkingDirectory, FilePath, Packages } from "../launch/schema.ts";

export const Name = z
  .string()
  .regex(/^[-a-zA-Z0-9]{1,64}$/, "must be 1 to 64 letters, digits and hyphens");

/** A repository as a job names it; `path` may be left out. */
export const GitRepository = z.object({
  url: z.string().min(1).max(2048),
  path: FilePath.optional(),
  on_restart: z.enum(["preserve changes", "reclone"]).default("reclone"),
  reference: z.string().max(512).optional(),
  reference_type: z.enum(["branch", "tag", "commit"]).default("branch"),
  public: z.boolean().default(false),
});
export type GitRepository = z.infer<typeof GitRepository>;

const variable = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be a variable's name");

/** What a person says of a job. Absent fields take the defaults that stand here. */
export const Spec = z.object({
  name: Name,
  description: z.string().max(2048).default(""),
  tags: z.record(z.string(), z.string()).default({}),
  instance_type: z.string().min(1),
  /** A text for the shell, or a list of texts, each to be run of its own. */
  command: z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]),
  working_directory: z.string().startsWith("/").default(defaultWorkingDirectory),
  environment_variables: z.record(variable, z.string()).default({}),
  config_files: z.record(FilePath, ConfigFile).default({}),
  extra_packages: Packages.default({}),
  start_script: z.string().default(""),
  git_repositories: z.array(GitRepository).max(20).default([]),
  scale: z.int().min(1).default(1),
  use_spot_instance: z.boolean().default(false),
  start_dind: z.boolean().default(false),
  token_scope: z.string().optional(),
  schedule: z.string().optional(),
  concurrency_policy: z.enum(["Allow", "Forbid", "Replace"]).default("Allow"),
  retries: z.int().min(0).default(0),
});
export type Spec = z.infer<typeof Spec>;

/** Which image a job runs on: a version of the catalogue, or a raw URI. */
export const ImageChoice = z.object({
  image_id: Id.optional(),
  version_id: Id.optional(),
  uri: z.string(),
});
export type ImageChoice = z.infer<typeof ImageChoice>;

export const Info = Spec.extend({
  id: Id,
  owner_id: Id,
  image: ImageChoice,
  created_at: Time,
  updated_at: Time,
});
export type Info = z.infer<typeof Info>;

export const NotFound = failure<{ name: string }>(
  "missing",
  "job.not_found",
  ({ name }) => `There is no job ${name}. \`cassini list jobs\` shows those that there are.`,
);
export const NameTaken = failure<{ name: string }>(
  "conflict",
  "job.name_taken",
  ({ name }) =>
    `There is a job ${name} already. Apply its recipe to change it, or choose another name.`,
);
export const Active = failure<{ name: string }>(
  "conflict",
  "job.active",
  ({ name }) =>
    `The job ${name} has runs that have not ended. Stop it first, or delete it with allow_active=true.`,
);
export const TooLarge = failure<{ kilobytes: number }>(
  "too_large",
  "job.too_large",
  ({ kilobytes }) =>
    `A job may hold 256 KB of text; this one has ${kilobytes} KB. Move files into a repository.`,
);
export const ListUnsupported = failure<{ name: string }>(
  "unprocessable",
  "job.command_list",
  ({ name }) =>
    `The job ${name} has a list of commands, and only single ones can be started here. Give it one text command.`,
);
export const ScaleUnsupported = failure<{ name: string; scale: number }>(
  "unprocessable",
  "job.scale",
  ({ name, scale }) =>
    `The job ${name} asks for ${scale} machines, and a run has one here. Set scale to 1.`,
);

/** The unique name under which an owner's job is found. */
export const uniqueName = (job: { owner_id: string; name: string }): string =>
  `${job.owner_id}/${job.name}`;

export const jobs = entity({
  type: "job",
  schema: Info,
  key: (id: string) => ({ pk: `job#${id}`, sk: "job" }),
  idOf: (record) => record.id,
  indexes: {
    byOwner: (record) => ({ pk: `${record.owner_id}#resource`, sk: `${record.name}#job` }),
  },
  unique: (record) => [{ name: uniqueName(record), taken: () => NameTaken({ name: record.name }) }],
});
