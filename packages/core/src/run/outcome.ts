import { steps } from "../launch/schema.ts";
import { runMachine, type RunState } from "./machine.ts";
import { sentenceOf, stepFailed } from "./reason.ts";
import type { Attempt, Ended, Info, Reason } from "./schema.ts";

export interface Outcome {
  readonly state: RunState;
  readonly exit_code?: number | undefined;
  readonly reason?: Reason | undefined;
}

/** What a run has come to, given how its attempt ended. Pure: the same end always means the same. */
export function outcomeOf(run: Info, attempt: Attempt, ended: Ended): Outcome {
  const exit_code = ended.exit_code;
  if (exit_code === 0 && ended.reason === undefined)
    return { state: runMachine.next(run.state, "complete"), exit_code };
  if (wasStopped(run, ended)) {
    return {
      state: runMachine.next(run.state, "halt"),
      exit_code,
      reason: told("run.stopped", attempt),
    };
  }
  const code = ended.reason ?? "step.failed";
  return {
    state: runMachine.next(run.state, "fail"),
    exit_code,
    reason: told(code, attempt, exit_code),
  };
}

/** A run that was to be stopped and did not end well by itself has been stopped. */
const wasStopped = (run: Info, ended: Ended): boolean =>
  ended.reason === "run.stopped" ||
  (run.stop_requested_at !== undefined && ended.reason === undefined);

function told(code: string, attempt: Attempt, exitCode?: number): Reason {
  const last = attempt.steps.findLast((step) => step.state === "failed");
  if (code !== "step.failed" || !last)
    return { code, sentence: sentenceOf(code), lines: attempt.lines };
  return { code, sentence: stepFailed(last.name, exitCode), step: last.name, lines: attempt.lines };
}

/** The time at which the first step began. */
export const startedAt = (attempt: Attempt): string | undefined => attempt.steps[0]?.started_at;

/** Joins what was known of the steps with what is reported now: later news of a step wins, order is the plan's. */
export function mergeSteps(known: Attempt["steps"], news: Attempt["steps"]): Attempt["steps"] {
  const later = new Map(known.map((step) => [step.name, step]));
  for (const step of news) {
    const before = later.get(step.name);
    if (!before || before.state === "running") later.set(step.name, step);
  }
  return steps.flatMap((name) => later.get(name) ?? []);
}
