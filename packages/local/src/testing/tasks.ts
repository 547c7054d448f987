import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Launch } from "@cassini/core/launch";
import type { Mode } from "../process/confine.ts";
import { startCompute, type ProcessDriver } from "../world/compute.ts";
import { testLog } from "./log.ts";
import { taskApi, type TaskApi } from "./task-api.ts";
import type { Seen } from "./task-rules.ts";

/** A driver with real processes, and a platform that consists of the task API. */
export interface TaskHost {
  readonly api: TaskApi;
  readonly home: string;
  driver: ProcessDriver;
  /** Starts the task of a job that says so much. */
  start(job: Partial<Launch.Plan>): Promise<Started>;
  /** Starts it and waits for its end. */
  run(job: Partial<Launch.Plan>): Promise<Seen>;
  /** Ends the driver as a server does that stops, and starts the next one. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export interface Started {
  readonly name: string;
  readonly task: Launch.Task;
  readonly seen: Seen;
  /** Where driver, agent and shim have their files. */
  readonly directory: string;
  end(milliseconds?: number): Promise<Seen>;
}

export const micro = { name: "micro", cores: 1, memory_gb: 1, gpu: 0 };

/** A plan that says so much, and of all else the least. */
export const planOf = (job: Partial<Launch.Plan>): Launch.Plan => ({
  job_id: "1".repeat(32),
  job_name: "nightly",
  owner_id: "a".repeat(32),
  owner_name: "local/ada",
  image_uri: "host:python3",
  instance: micro,
  command: "true",
  working_directory: Launch.defaultWorkingDirectory,
  environment_variables: {},
  config_files: {},
  repositories: [],
  packages: {},
  start_script: "",
  ...job,
});

/** A host in a temporary home; `close` ends and removes everything. */
export async function taskHost(
  of: { modes?: readonly Mode[]; home?: string } = {},
): Promise<TaskHost> {
  const home = of.home ?? (await mkdtemp(join(tmpdir(), "cassini-tasks-")));
  const api = await taskApi();
  const begin = () =>
    startCompute({
      home,
      baseUrl: api.url,
      log: testLog().log,
      ...(of.modes && { modes: of.modes }),
    });
  const host: TaskHost = {
    api,
    home,
    driver: await begin(),
    start: async (job) => {
      const started = newTask(host, planOf(job));
      await host.driver.compute.start(started.task);
      return started;
    },
    run: async (job) => (await host.start(job)).end(),
    restart: async () => {
      await host.driver.stop();
      host.driver = await begin();
    },
    close: async () => {
      await host.driver.stopTasks(0);
      await host.driver.stop();
      await api.close();
      await rm(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  return host;
}

/** An attempt that has not been started yet. */
export function newTask({ api, home }: Pick<TaskHost, "api" | "home">, plan: Launch.Plan): Started {
  const run = randomBytes(16).toString("hex");
  const attempt = 1;
  const name = `${run}-${attempt}`;
  const identity = {
    run,
    attempt,
    runName: "nightly-1",
    token: "secret",
    baseUrl: api.url,
    orgName: "local",
    username: "ada",
  };
  const seen = api.add(Launch.bundleOf(plan, identity));
  const { owner_id: ownerId, image_uri: imageUri, instance } = plan;
  return {
    name,
    seen,
    task: { run, attempt, clientToken: name, ticket: seen.ticket, ownerId, imageUri, instance },
    directory: join(home, "tasks", name),
    end: (milliseconds) => api.end(name, milliseconds),
  };
}
