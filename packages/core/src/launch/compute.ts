import { failure } from "../kit/index.ts";
import type { Plan } from "./schema.ts";

/** One attempt of one run, as compute knows it: a task is named by both. */
export interface TaskName {
  readonly run: string;
  readonly attempt: number;
}

/** What compute is told to start. The same client token again changes nothing. */
export interface Task extends TaskName {
  readonly clientToken: string;
  /** Lets the task's agent fetch its bundle and report. */
  readonly ticket: string;
  readonly ownerId: string;
  readonly imageUri: string;
  readonly instance: Plan["instance"];
}

/** How a task ended, as seen from outside of it. */
export interface Ending {
  /** ISO time at which the command, or what stood in for it, was over. */
  readonly at: string;
  /** Absent where there never was one: the task did not start, or died with its host. */
  readonly exitCode?: number | undefined;
  /** A code of the closed list in `run/reason.ts`; absent where the exit code tells it all. */
  readonly reason?: string | undefined;
}

export type Observation =
  | { readonly state: "unknown" }
  | { readonly state: "active" }
  | { readonly state: "ended"; readonly ending: Ending };

export interface Compute {
  /** Each reason, as a sentence with its way out, why this plan can never run here; none where it can. */
  refusals(plan: Plan): Promise<readonly string[]>;
  /** Starts the task, once per client token. Its end arrives as a report. Fails with `compute.busy` when it should be tried again later. */
  start(task: Task): Promise<void>;
  /** Asks the task to end: SIGTERM, and SIGKILL after the grace. Nothing to stop is fine. The end arrives as a report. */
  stop(task: TaskName, graceSeconds: number): Promise<void>;
  /** What is known of the task. `unknown` means that it was never started, or is forgotten. */
  observe(task: TaskName): Promise<Observation>;
  /** Every task that is not known to have ended. */
  list(): Promise<readonly TaskName[]>;
}

export const Busy = failure(
  "busy",
  "compute.busy",
  () => "There is no machine to be had at the moment. It will be tried again.",
);
export const Refused = failure<{ why: string }>(
  "unprocessable",
  "compute.refused",
  ({ why }) => `This job cannot start here. ${why}`,
);
