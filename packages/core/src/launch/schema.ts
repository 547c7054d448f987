import * as z from "zod";
import { failure } from "../kit/index.ts";

/** A path in the task: absolute, or relative to the home directory; never upwards. */
export const FilePath = z
  .string()
  .min(1)
  .max(1024)
  .refine(
    (path) => !path.includes("\0") && !path.split("/").includes(".."),
    "must not lead upwards",
  );

export const ConfigFile = z.object({
  content: z.string(),
  mode: z
    .string()
    .regex(/^0?[0-7]{3}$/, "must be an octal mode such as 0644")
    .default("0644"),
});
export type ConfigFile = z.infer<typeof ConfigFile>;

const install = z.string().optional();
const strictly = <T extends z.ZodRawShape>(shape: T) => z.strictObject(shape);

/** Packages to install at every start, in all six kinds. `install` is a list separated by white space. */
export const Packages = strictly({
  pip: strictly({ install, requirements_txt: z.string().optional() }).optional(),
  conda: strictly({
    install,
    environment_yml: z.string().optional(),
    use_mamba: z.boolean().optional(),
  }).optional(),
  apt: strictly({ install }).optional(),
  cran: strictly({ install, repo: z.string().optional() }).optional(),
  remotes: strictly({
    install,
    remote: z.enum(["github", "gitlab", "url", "git"]).optional(),
  }).optional(),
  bioconductor: strictly({ install }).optional(),
});
export type Packages = z.infer<typeof Packages>;

/** A repository to clone: where from, where to, and which commit, tag or branch (the remote's own default where absent). */
export const Repository = z.object({
  url: z.string().min(1),
  path: FilePath,
  reference: z.string().optional(),
  reference_type: z.enum(["branch", "tag", "commit"]),
});
export type Repository = z.infer<typeof Repository>;

/** All that a task needs to know of its job, fixed at the moment of start. Content-addressed: holds nothing of the run. */
export const Plan = z.object({
  job_id: z.string(),
  job_name: z.string(),
  owner_id: z.string(),
  owner_name: z.string(),
  image_uri: z.string(),
  instance: z.object({ name: z.string(), cores: z.number(), memory_gb: z.number(), gpu: z.int() }),
  command: z.string(),
  working_directory: z.string(),
  environment_variables: z.record(z.string(), z.string()),
  config_files: z.record(z.string(), ConfigFile),
  repositories: z.array(Repository),
  packages: Packages,
  start_script: z.string(),
});
export type Plan = z.infer<typeof Plan>;

/** The steps of a task, in their order. */
export const steps = [
  "environment",
  "repositories",
  "packages",
  "start-script",
  "command",
] as const;
export const StepName = z.enum(steps);
export type StepName = z.infer<typeof StepName>;

/** What the agent fetches for one attempt: the plan with what belongs to the run alone, ready to be carried out. */
export const Bundle = z.object({
  run: z.string(),
  attempt: z.int(),
  owner_id: z.string(),
  home: z.string(),
  working_directory: z.string(),
  environment: z.record(z.string(), z.string()),
  files: z.array(z.object({ path: z.string(), content: z.string(), mode: z.string() })),
  repositories: z.array(Repository),
  /** The text of `entry.sh`: extra packages, start script, command. */
  entry: z.string(),
  /** The pip packages of the plan, for a host that keeps an environment for each set of them. */
  pip: z.string(),
});
export type Bundle = z.infer<typeof Bundle>;

/** Where a task finds its home, and the agent's own folder inside of it. */
export const home = "/home/jovyan";
export const defaultWorkingDirectory = `${home}/workspace`;
export const taskFolder = `${home}/.cassini`;

export const RepositoryRefused = failure<{ url: string; why: string }>(
  "unprocessable",
  "repository.refused",
  ({ url, why }) => `The repository ${url} cannot be used: ${why}`,
);
export const PackagesInvalid = failure<{ kind: string; why: string }>(
  "unprocessable",
  "packages.invalid",
  ({ kind, why }) => `The ${kind} packages do not fit: ${why}`,
);
export const PathRefused = failure<{ path: string; why: string }>(
  "unprocessable",
  "path.refused",
  ({ path, why }) => `The path ${path} cannot be used: ${why}`,
);
export const VariableRefused = failure<{ name: string; why: string }>(
  "unprocessable",
  "variable.refused",
  ({ name, why }) => `The variable ${name} cannot be set: ${why}`,
);
export const TextRefused = failure<{ field: string }>(
  "unprocessable",
  "text.refused",
  ({ field }) => `The field ${field} holds a NUL character, which no shell can read. Take it out.`,
);
