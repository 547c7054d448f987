import { Launch } from "@cassini/core/launch";
import * as z from "zod";
import { replace, textOf } from "./file.ts";

/** Where a host keeps Python environments of pip packages, and how it makes them. */
const Overlays = z.object({
  /** A script of bash that is given what it needs to know in front of it; see `pip.sh`. */
  script: z.string(),
  bash: z.string(),
  python: z.string(),
  /** What an environment depends on besides its packages. */
  version: z.string(),
  /** The folder of the owner's environments, as the task sees it. */
  folder: z.string(),
});
export type Overlays = z.infer<typeof Overlays>;

/** `task.json`: what a driver wants done, and how tasks are confined on its host. */
export const TaskFile = z.object({
  run: z.string(),
  attempt: z.int().positive(),
  client_token: z.string(),
  ticket: z.string(),
  /** The home directory as the task sees it, and as the host does. */
  home: z.string(),
  folder: z.string(),
  /** Whom the home belongs to, where that is not the agent's own user. */
  owner: z.object({ uid: z.int(), gid: z.int() }).optional(),
  /** The program that starts the shim. */
  shim: z.array(z.string()).min(1),
  /** What a program is prefixed with to run as the task's owner, where the task's home is. */
  tool: z.array(z.string()),
  /** The same for a program that may read whatever is on the host's disk. */
  reader: z.array(z.string()),
  /** Folders of the host's that no task may clone from. */
  hidden: z.array(z.string()),
  /** What every task on the host is given. */
  environment: z.record(z.string(), z.string()),
  overlays: Overlays.optional(),
  /** Whether all of the task's processes end with its shim. */
  contained: z.boolean(),
  /** Control groups of the task's own. */
  cgroups: z.array(z.string()),
});
export type TaskFile = z.infer<typeof TaskFile>;

/** `stop.json`: since when the task is to end, how long it may take, and what it is to be called. */
export const StopFile = z.object({
  at: z.string(),
  grace: z.number().nonnegative(),
  reason: z.string(),
});
export type StopFile = z.infer<typeof StopFile>;

const Step = z.object({
  name: Launch.StepName,
  state: z.enum(["running", "succeeded", "failed"]),
  started_at: z.string(),
  ended_at: z.string().optional(),
  bytes: z.int().nonnegative().optional(),
});
export type Step = z.infer<typeof Step>;

const Commit = z.object({ url: z.string(), path: z.string(), commit: z.string() });
export type Commit = z.infer<typeof Commit>;

/** `prepared.json`: what came of the agent's own steps, and what keeps the task from being started. */
export const PreparedFile = z.object({
  steps: z.array(Step),
  commits: z.array(Commit),
  failed: z.object({ reason: z.string().optional(), lines: z.array(z.string()) }).optional(),
});
export type PreparedFile = z.infer<typeof PreparedFile>;

/** `ended.json`: how the attempt ended, and what there is to say to it besides the log. */
export const EndedFile = z.object({
  at: z.string(),
  exit_code: z.int().optional(),
  reason: z.string().optional(),
  lines: z.array(z.string()).default([]),
});
export type EndedFile = z.infer<typeof EndedFile>;

/** `shipped.json`: up to where each step's log has been taken. */
export const ShippedFile = z.record(z.string(), z.int().nonnegative());
export type ShippedFile = z.infer<typeof ShippedFile>;

/** Reads one of the files above; undefined where there is none, or where a power cut has left nothing that can be read. */
export function read<T>(path: string, schema: z.ZodType<T>): T | undefined {
  const text = textOf(path);
  if (text === undefined || !text.endsWith("}")) return undefined;
  return schema.parse(JSON.parse(text));
}

/** Writes one of the files above, in one step. */
export const write = (
  path: string,
  value: TaskFile | StopFile | PreparedFile | EndedFile | ShippedFile,
): void => replace(path, JSON.stringify(value));
