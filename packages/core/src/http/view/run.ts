import * as z from "zod";
import { Log } from "../../log/index.ts";
import { Run as Runs } from "../../run/index.ts";
import { OwnerQuery, ownerIn, PagedQuery, pageIn, keyFields, keysOf } from "./page.ts";

const time = z.string();

/** One execution of a job, as our own routes show it; times are ISO with milliseconds. */
export const Run = z.strictObject({
  id: z.string(),
  job_id: z.string(),
  name: z.string(),
  status: z.enum(["pending", "running", "stopping", "completed", "error", "stopped"]),
  attempt: z.int(),
  trigger: z.string(),
  created_by: z.string(),
  created_at: time,
  started_at: time.nullable(),
  stop_requested_at: time.nullable(),
  ended_at: time.nullable(),
  exit_code: z.int().nullable(),
  reason: z
    .strictObject({
      code: z.string(),
      sentence: z.string(),
      step: z.string().nullable(),
      lines: z.array(z.string()),
    })
    .nullable(),
  commits: z.array(z.strictObject({ url: z.string(), path: z.string(), commit: z.string() })),
});

export const RunDetail = Run.extend({
  steps: z.array(
    z.strictObject({
      name: z.string(),
      status: z.enum(["running", "succeeded", "failed"]),
      started_at: time,
      ended_at: time.nullable(),
    }),
  ),
});

export const RunList = z.strictObject({ runs: z.array(Run), ...keyFields });

const showRun = (run: Runs.Info): z.infer<typeof Run> => ({
  id: run.id,
  job_id: run.job_id,
  name: run.name,
  status: run.state,
  attempt: run.attempt,
  trigger: run.trigger,
  created_by: run.created_by,
  created_at: run.created_at,
  started_at: run.started_at ?? null,
  stop_requested_at: run.stop_requested_at ?? null,
  ended_at: run.ended_at ?? null,
  exit_code: run.exit_code ?? null,
  reason: run.reason ? { ...run.reason, step: run.reason.step ?? null } : null,
  commits: run.commits,
});

export const showRunDetail = ({ run, attempt }: Runs.Detail): z.infer<typeof RunDetail> => ({
  ...showRun(run),
  commits: run.commits.length > 0 ? run.commits : attempt.commits,
  steps: attempt.steps.map(({ name, state, started_at, ended_at }) => ({
    name,
    status: state,
    started_at,
    ended_at: ended_at ?? null,
  })),
});

export const showRuns = (page: {
  items: readonly Runs.Info[];
  next_key?: string | undefined;
  prev_key?: string | undefined;
}): z.infer<typeof RunList> => ({
  runs: page.items.map(showRun),
  ...keysOf(page),
});

export const RunQuery = PagedQuery.extend({ ...OwnerQuery.shape, job_id: z.string().optional() });

export const readRunQuery = (query: z.infer<typeof RunQuery>) => ({
  ...pageIn(query),
  owner: ownerIn(query),
  job_id: query.job_id,
});

const waitSeconds = z.coerce.number().min(0).max(Runs.longestWaitSeconds).default(0);

export const RunWait = z.object({ wait_seconds: waitSeconds });
export const RunLogQuery = z.object({ cursor: z.string().optional(), wait_seconds: waitSeconds });

/** A piece of a run's log. Go on with `cursor` until `ended`. */
export const RunLog = z.strictObject({
  entries: z.array(z.strictObject({ step: z.string(), text: z.string() })),
  cursor: z.string(),
  ended: z.boolean(),
  status: Run.shape.status,
});

type Read = Awaited<ReturnType<typeof Log.read>>;

export const showRunLog = ({ entries, cursor, ended, state }: Read): z.infer<typeof RunLog> => ({
  entries,
  cursor,
  ended,
  status: state,
});
