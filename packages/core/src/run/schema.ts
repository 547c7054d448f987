import * as z from "zod";
import { entity, event, failure, Id, Time } from "../kit/index.ts";
import { StepName } from "../launch/schema.ts";
import { attemptMachine, runMachine } from "./machine.ts";

/** Why a run ended as it did: a code of the closed list, its sentence, and the last lines of the step that failed. */
export const Reason = z.object({
  code: z.string(),
  sentence: z.string(),
  step: StepName.optional(),
  lines: z.array(z.string()).default([]),
});
export type Reason = z.infer<typeof Reason>;

export const Commit = z.object({ url: z.string(), path: z.string(), commit: z.string() });

/** One execution of a job. `plan` addresses what it runs; `name` is unique within the job and short. */
export const Info = z.object({
  id: Id,
  job_id: Id,
  owner_id: Id,
  name: z.string(),
  plan: z.string(),
  state: z.enum(runMachine.states),
  attempt: z.int().positive(),
  trigger: z.enum(["api"]),
  stop_requested_at: Time.optional(),
  started_at: Time.optional(),
  ended_at: Time.optional(),
  exit_code: z.int().optional(),
  reason: Reason.optional(),
  commits: z.array(Commit).default([]),
  created_by: z.string(),
  created_at: Time,
});
export type Info = z.infer<typeof Info>;

/** How far a step has come. `bytes` is the length of its log, known once it has ended. */
export const Step = z.object({
  name: StepName,
  state: z.enum(["running", "succeeded", "failed"]),
  started_at: Time,
  ended_at: Time.optional(),
  bytes: z.int().nonnegative().optional(),
});
export type Step = z.infer<typeof Step>;

export const Ended = z.object({
  at: Time,
  exit_code: z.int().optional(),
  reason: z.string().optional(),
});

/** One try at a run: what was asked of compute, and what came of it. */
export const Attempt = z.object({
  run_id: Id,
  number: z.int().positive(),
  state: z.enum(attemptMachine.states),
  claimed_at: Time.optional(),
  launched_at: Time.optional(),
  client_token: z.string().optional(),
  task_token: z.string().optional(),
  /** The hash of the token that the task was given, so that it can be ended with it. */
  token_hash: z.string().optional(),
  steps: z.array(Step).default([]),
  commits: z.array(Commit).default([]),
  lines: z.array(z.string()).default([]),
  ended: Ended.optional(),
  created_at: Time,
});
export type Attempt = z.infer<typeof Attempt>;

export const Event = {
  Queued: event("run.queued", z.object({ run: Id, attempt: z.int() })),
  StopRequested: event("run.stop_requested", z.object({ run: Id, attempt: z.int() })),
  Ended: event(
    "run.ended",
    z.object({ run: Id, job: Id, state: z.string(), exit_code: z.int().optional() }),
  ),
};

export type Ended = z.infer<typeof Ended>;
export type Commit = z.infer<typeof Commit>;

export const NotFound = failure<{ id: string }>(
  "missing",
  "run.not_found",
  ({ id }) => `There is no run ${id}. \`cassini runs\` shows those that there are.`,
);

/** What the places of active and of ended runs in their job's list begin with. */
export const active = "1#";
export const ended = "0#";

/** In how many shares the list of active runs is kept, so that no single key carries them all. */
export const activityShards = 8;

/** The partition of the active runs that a run's id falls into. */
export const activityOf = (id: string): string =>
  `active#${Number.parseInt(id.slice(0, 2), 16) % activityShards}`;

export const runs = entity({
  type: "run",
  schema: Info,
  key: (id: string) => ({ pk: `run#${id}`, sk: "run" }),
  idOf: (record) => record.id,
  indexes: {
    byOwner: (record) => ({
      pk: `${record.owner_id}#run`,
      sk: `${record.created_at}#${record.id}`,
    }),
    // Active runs sort after ended ones, so that a job's status is the top of the list read backwards.
    byParent: (record) => ({
      pk: `${record.job_id}#run`,
      sk: `${runMachine.isFinal(record.state) ? ended : active}${record.created_at}#${record.id}`,
    }),
    byActivity: (record) =>
      runMachine.isFinal(record.state)
        ? undefined
        : { pk: activityOf(record.id), sk: `${record.created_at}#${record.id}` },
  },
});

export const attempts = entity({
  type: "attempt",
  schema: Attempt,
  key: ({ run, number }: { run: string; number: number }) => ({
    pk: `run#${run}`,
    sk: `attempt#${String(number).padStart(4, "0")}`,
  }),
  idOf: (record) => ({ run: record.run_id, number: record.number }),
});
