import { nameOf } from "@cassini/agent";
import { Launch } from "@cassini/core/launch";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Finding } from "../doctor/finding.ts";
import type { Log } from "../log.ts";
import { agentChild } from "../process/child.ts";
import { findingsOf } from "../process/finding.ts";
import { interpreterOf, refusalsOf, type Abilities } from "../process/refusal.ts";
import { interpreters, settingIn } from "../process/setting.ts";
import { taskFileOf } from "../process/task-file.ts";
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
}

/** Finds out what the machine can do, starts the agent, and so takes over the tasks that are there. */
export async function startCompute({ home, baseUrl, log }: Wanted): Promise<ProcessDriver> {
  const setting = await settingIn(home);
  const { host, owners } = setting;
  const find = interpreters(setting);
  const [machine, { python }] = await Promise.all([machineHere(), find("python3")]);
  const tasks = tasksIn(join(host.home, "tasks"));
  const child = agentChild({
    tasks: tasks.directory,
    url: baseUrl,
    log,
    cache: join(host.home, "cache"),
  });
  const findings = findingsOf(host, python, setting.cgroups.limits);
  for (const { name, state, found } of findings) log.info("compute.found", { name, state, found });
  const abilities: Abilities = {
    gpus: machine.gpus,
    hasPython: async (name) => (await find(name)).python !== undefined,
    admits: (owner) => host.separates || owners.known().every((known) => known === owner),
  };
  const start = async (task: Launch.Task) => {
    const interpreter = await find(interpreterOf(task.imageUri) ?? "python3");
    if (
      tasks.add(nameOf(task), (directory) => taskFileOf(setting, task, { directory, interpreter }))
    )
      child.nudge(nameOf(task));
  };
  return {
    compute: computeOf(tasks, {
      refusals: (plan) => refusalsOf(plan, abilities),
      start,
      nudge: child.nudge,
    }),
    findings: async () => findings,
    agent: child.pid,
    stopTasks: (graceSeconds) => stopTasks(tasks, child.nudge, graceSeconds),
    stop: child.stop,
  };
}

type Own = Pick<Launch.Compute, "refusals" | "start"> & { nudge(name: string): void };

const computeOf = (tasks: Tasks, { refusals, start, nudge }: Own): Launch.Compute => ({
  refusals,
  start,
  stop: async (task, grace) => {
    if (tasks.stop(nameOf(task), { at: new Date().toISOString(), grace, reason: "run.stopped" }))
      nudge(nameOf(task));
  },
  observe: async (task) => tasks.observe(nameOf(task)),
  list: tasks.list,
});

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
