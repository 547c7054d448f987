import { canonical, sha256 } from "../kit/index.ts";
import { ListUnsupported, ScaleUnsupported, type Info as Job } from "../job/schema.ts";
import { nameOf, type Info as Owner } from "../owner/schema.ts";
import type { InstanceSize } from "../size/schema.ts";
import { checkVariables } from "./environment.ts";
import { filesOf } from "./files.ts";
import { checkPackages } from "./packages.ts";
import { checkWorkingDirectory, within } from "./path.ts";
import { repositoriesOf, type RepositoryRules } from "./repository.ts";
import { PathRefused, TextRefused, type Bundle, type Plan, type Repository } from "./schema.ts";

/** What of a job decides how its task is launched. */
export type Launchable = Pick<
  Job,
  | "command"
  | "working_directory"
  | "environment_variables"
  | "config_files"
  | "extra_packages"
  | "start_script"
  | "git_repositories"
>;

/** Fails for what no task can be made of, in the words of the first thing that does not fit: packages, repository, path, variable or text. */
export function check(job: Launchable, rules: RepositoryRules): void {
  for (const field of ["command", "start_script"] as const) {
    if ([job[field]].flat().some((text) => text.includes("\0"))) throw TextRefused({ field });
  }
  checkWorkingDirectory(job.working_directory);
  checkVariables(job.environment_variables);
  checkPackages(job.extra_packages);
  checkBeside(filesOf(job.config_files), repositoriesOf(job.git_repositories, rules));
}

/** A file may lie in a clone, but not be in the way of one. */
function checkBeside(files: Bundle["files"], repositories: readonly Repository[]): void {
  for (const { path } of files) {
    const clone = repositories.find(
      (repository) => repository.path === path || within(path, repository.path),
    );
    if (clone)
      throw PathRefused({
        path,
        why: `a repository is cloned to ${clone.path}, so there has to be a folder. Rename the file.`,
      });
  }
}

/** The plan of a job: all that its task needs to know. Pure: the same job, image, size and owner always give the same plan. */
export function planOf(of: {
  readonly job: Job;
  readonly image_uri: string;
  readonly size: InstanceSize;
  readonly owner: Owner;
  /** What the operator allows by now; where it is left out, what was accepted when the job was made still stands. */
  readonly platform?: RepositoryRules;
}): Plan {
  const { job, image_uri, size, owner, platform = accepted } = of;
  check(job, platform);
  return {
    job_id: job.id,
    job_name: job.name,
    owner_id: job.owner_id,
    owner_name: nameOf(owner),
    image_uri,
    instance: { name: size.name, cores: size.cores, memory_gb: size.memory_gb, gpu: size.gpu },
    command: commandOf(job),
    working_directory: job.working_directory,
    environment_variables: job.environment_variables,
    config_files: job.config_files,
    repositories: repositoriesOf(job.git_repositories, platform),
    packages: job.extra_packages,
    start_script: job.start_script,
  };
}

/** The name of a plan in the object store: equal plans have one name. */
export const planKey = async (plan: Plan): Promise<string> =>
  `plans/${await sha256(canonical(plan))}`;

const accepted: RepositoryRules = { allowFileRepositories: true };

function commandOf({ name, command, scale }: Job): string {
  if (typeof command !== "string") throw ListUnsupported({ name });
  if (scale > 1) throw ScaleUnsupported({ name, scale });
  return command;
}
