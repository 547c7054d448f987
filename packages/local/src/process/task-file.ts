import { chownSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { nameOf, type TaskFile } from "@cassini/agent";
import type { Launch } from "@cassini/core/launch";
import type { Cgroups } from "./cgroup.ts";
import { shimOf, view, type Confined, type Host } from "./confine.ts";
import type { Owner, Owners } from "./owners.ts";
import { mountPoint } from "./probe.ts";
import type { Python } from "./python.ts";

/** An interpreter with the variables of the tasks that run on it. */
export interface Interpreter {
  readonly python: Python | undefined;
  readonly environment: Readonly<Record<string, string>>;
}

/** What is so for every task of this host. */
export interface Setting {
  readonly host: Host;
  readonly owners: Owners;
  readonly cgroups: Cgroups;
  /** The programs that tasks are started with, where no upgrade changes them under a running task. */
  readonly shim: string;
  readonly pip: string;
  /** Where homes and environments lie that their owners must reach by their paths, which the server's home does not let them. */
  readonly outside: string;
}

/** Says in full how a task is to be carried out on this host, and makes what it needs to be there. */
export function taskFileOf(
  setting: Setting,
  task: Launch.Task,
  of: { directory: string; interpreter: Interpreter },
): TaskFile {
  const { host, owners, cgroups } = setting;
  const name = nameOf(task);
  const user = owners.of(task.ownerId);
  const owner = host.separates ? user : undefined;
  const groups = cgroups.make(name, {
    cores: task.instance.cores,
    memoryGb: task.instance.memory_gb,
  });
  const environments = environmentsOf(setting, user, owner);
  const confined: Confined = {
    ...homeOf(setting, name, of.directory),
    directory: of.directory,
    owner,
    environments,
  };
  return {
    run: task.run,
    attempt: task.attempt,
    client_token: task.clientToken,
    ticket: task.ticket,
    home: confined.home,
    folder: confined.folder,
    ...(owner && { owner }),
    shim: [...shimOf(host, confined, { script: setting.shim, cgroups: groups })],
    tool: [...view(host, confined)],
    reader: [...view(host, confined, "read all")],
    hidden: [host.home, setting.outside],
    environment: of.interpreter.environment,
    ...(of.interpreter.python && {
      overlays: overlaysOf(setting, of.interpreter.python, environments),
    }),
    contained: host.mode !== "plain",
    cgroups: [...groups],
  };
}

/** In a session of its own a task has its home where everybody sees it; owners reach it there only outside of the server's home. */
function homeOf(
  { host, outside }: Setting,
  name: string,
  directory: string,
): { home: string; folder: string } {
  const folder = isOutside(host) ? join(outside, name) : join(directory, "home");
  return { folder, home: host.mode === "plain" ? folder : mountPoint };
}

export const isOutside = ({ mode, separates }: Host): boolean => mode === "plain" && separates;

/** Where every owner has a folder for environments of pip packages. */
export const environmentsRoot = ({ host, outside }: Pick<Setting, "host" | "outside">): string =>
  join(isOutside(host) ? outside : host.home, "environments");

function environmentsOf(setting: Setting, user: Owner, owner: Owner | undefined): string {
  const folder = join(environmentsRoot(setting), String(user.uid));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

const overlaysOf = (
  { host, pip }: Setting,
  python: Python,
  environments: string,
): NonNullable<TaskFile["overlays"]> => ({
  script: pip,
  bash: host.tools.bash,
  python: python.path,
  version: python.version,
  folder: host.mode === "namespace" ? `${mountPoint}/.cassini/environments` : environments,
});
