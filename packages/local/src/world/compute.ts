import { nameOf } from "@cassini/agent";
import type { Launch } from "@cassini/core/launch";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Finding } from "../doctor/finding.ts";
import type { Log } from "../log.ts";
import { agentChild } from "../process/child.ts";
import type { Mode } from "../process/confine.ts";
import { findingsOf } from "../process/finding.ts";
import { pruneEnvironments } from "../process/prune.ts";
import { interpreterOf, refusalsOf, type Abilities } from "../process/refusal.ts";
import { interpreters, settingIn } from "../process/setting.ts";
import {
  environmentsRoot,
  taskFileOf,
  type Interpreter,
  type Setting,
} from "../process/task-file.ts";
import { tasksIn, type Tasks } from "../process/task.ts";
import { machineHere } from "./platform.ts";

/** Compute that runs tasks as processes of this machine. */
export interface ProcessDriver {
  readonly compute: Launch.Compute;
  /** What a person should know of how tasks run here. */
  findings(): Promise<readonly Finding[]>;
  /** The process number of the agent, while there is one. */
  agent(): number | undefined;
  /** Ends every task, as `host.stopped`, and ends when none is left, or soon after the grace. */
  stopTasks(graceSeconds: number): Promise<void>;
  /** Ends the agent; tasks go on, and the next driver on this home takes them over. */
  stop(): Promise<void>;
}

interface Wanted {
  /** The server's home, which is there. */
  readonly home: string;
  /** Where tasks and agent reach the API. */
  readonly baseUrl: string;
  readonly log: Log;
  /** The kinds of confinement to try, the best first; all of them unless said otherwise. */
  readonly modes?: readonly Mode[];
}

/** Finds out what the machine can do, starts the agent, and so takes over the tasks that are there. */
export async function startCompute(wanted: Wanted): Promise<ProcessDriver> {
  const { home, baseUrl, log, modes } = wanted;
  const setting = await settingIn(home, modes);
  const find = interpreters(setting);
  const [{ gpus }, { python }] = await Promise.all([machineHere(), find("python3")]);
  const findings = findingsOf(setting.host, python, setting.cgroups.limits);
  for (const { name, state, found } of findings) log.info("compute.found", { name, state, found });
  const own = setting.host.home;
  const tasks = tasksIn(join(own, "tasks"));
  const sweep = async () => setting.cgroups.sweep(new Set((await tasks.list()).map(nameOf)));
  await sweep();
  if ((await tasks.left()) === 0) await pruneEnvironments(environmentsRoot(setting));
  const child = agentChild({
    tasks: tasks.directory,
    url: baseUrl,
    log,
    cache: join(own, "cache"),
  });
  return {
    compute: computeOf({ tasks, setting, find, gpus, nudge: child.nudge }),
    findings: async () => findings,
    agent: child.pid,
    stopTasks: (graceSeconds) => stopTasks(tasks, child.nudge, graceSeconds),
    stop: async () => {
      await child.stop();
      await sweep();
    },
  };
}

interface Parts {
  readonly tasks: Tasks;
  readonly setting: Setting;
  readonly find: (name: string) => Promise<Interpreter>;
  readonly gpus: number;
  readonly nudge: (name: string) => void;
}

function computeOf({ tasks, setting, find, gpus, nudge }: Parts): Launch.Compute {
  const { host, owners } = setting;
  const abilities: Abilities = {
    gpus,
    hasPython: async (name) => (await find(name)).python !== undefined,
    admits: (owner) => host.separates || owners.known().every((known) => known === owner),
  };
  return {
    refusals: (plan) => refusalsOf(plan, abilities),
    start: async (task) => {
      const interpreter = await find(interpreterOf(task.imageUri) ?? "python3");
      const name = nameOf(task);
      if (tasks.add(name, (directory) => taskFileOf(setting, task, { directory, interpreter })))
        nudge(name);
    },
    stop: async (task, grace) => {
      const stop = { at: new Date().toISOString(), grace, reason: "run.stopped" };
      if (tasks.stop(nameOf(task), stop)) nudge(nameOf(task));
    },
    observe: async (task) => tasks.observe(nameOf(task)),
    list: tasks.list,
  };
}

/** How long after the grace a task may take until it is over and its end is told. */
const patience = 10_000;

async function stopTasks(
  tasks: Tasks,
  nudge: (name: string) => void,
  graceSeconds: number,
): Promise<void> {
  const at = new Date().toISOString();
  for (const task of await tasks.list()) {
    tasks.stop(nameOf(task), { at, grace: graceSeconds, reason: "host.stopped" });
    nudge(nameOf(task));
  }
  const deadline = Date.now() + graceSeconds * 1000 + patience;
  while ((await tasks.left()) > 0 && Date.now() < deadline) await pause(50);
}
