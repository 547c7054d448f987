import type { Launch } from "@cassini/core/launch";
import type { Task } from "@cassini/core/task";
import { taskApi, type TaskApi } from "./api.ts";
import type { Send } from "./http.ts";
import type { Place } from "./place.ts";
import type { Commit, Step, StopFile, TaskFile } from "./record.ts";
import type { Progress } from "./ship.ts";

/** What all tasks of a host share. */
export interface Host {
  readonly url: string;
  readonly send: Send;
  /** Ends at the next look that is taken at all tasks. */
  nextLook(): Promise<void>;
  /** Waits for a turn to clone, so that not too many do so at once. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Removes what a task leaves: its directories and control groups. */
  discard(life: Life): void;
}

/** A task as the agent has it in mind; nothing of this is lost with the agent that its files do not tell the next one. */
export interface Life {
  readonly host: Host;
  readonly place: Place;
  readonly task: TaskFile;
  readonly api: TaskApi;
  /** Ends the preparing when the task is to stop. */
  readonly halt: AbortController;
  /** When this agent began to look after it. */
  readonly since: string;
  /** The steps of the agent's own, and the commits that are checked out. */
  steps: readonly Step[];
  commits: readonly Commit[];
  readonly logs: Map<Launch.StepName, Progress>;
  /** How long the log of an ended step is: what is written to it later is not the step's. */
  readonly lengths: Map<Launch.StepName, number>;
  /** The marks as they were read last. */
  marks: { readonly length: number; readonly list: readonly Launch.Mark[] };
  stop?: StopFile | undefined;
  /** Since when the platform has had no more to do with it. */
  over?: number;
  reported: { readonly text: string; readonly at: number };
  /** Whether its end is being told, after which there is no other news. */
  ending: boolean;
  /** What is being shipped and reported at the moment; one at a time. */
  pulse?: Promise<void> | undefined;
}

export type Report = Task.Report;

const always = new AbortController().signal;

/** Begins to look after a task. */
export const lifeOf = (host: Host, place: Place, task: TaskFile): Life => ({
  host,
  place,
  task,
  api: taskApi(host.send, host.url, { ...task, signal: always }),
  halt: new AbortController(),
  since: new Date().toISOString(),
  steps: [],
  commits: [],
  logs: new Map(),
  lengths: new Map(),
  marks: { length: 0, list: [] },
  ending: false,
  reported: { text: "", at: 0 },
});

/** The task API for as long as the task may still be made ready. */
export const preparingApi = ({ host, task, halt }: Life): TaskApi =>
  taskApi(host.send, host.url, { ...task, signal: halt.signal });
