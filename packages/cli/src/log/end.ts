import type { Writer } from "../io.ts";
import type { Paper } from "../print/paper.ts";
import { between } from "../print/time.ts";
import type { RunDetail } from "./run.ts";

const verbs: Readonly<Record<string, string>> = {
  completed: "completed",
  error: "failed",
  stopped: "was stopped",
};

/** How a run ended, in a sentence, with what to do where it did not end well. */
export function endOf(run: RunDetail, now: number, paper: Paper): readonly string[] {
  const verb = verbs[run.status] ?? `is ${run.status}`;
  const took = between(run.started_at ?? run.created_at, run.ended_at, now);
  const told = `${run.name} ${verb} after ${took}`;
  if (run.status === "completed") return [`${paper.tone("green", told)}.`];
  const why = run.reason ? `: ${run.reason.sentence}` : ".";
  return [paper.tone(run.status === "error" ? "red" : undefined, told) + why];
}

const most = 10;

/** The last lines of what failed, and where all of them are; at a terminal that has just shown them, only the latter. */
export function lastLines(run: RunDetail, stdout: Pick<Writer, "isTerminal">): readonly string[] {
  if (run.status !== "error") return [];
  const lines = stdout.isTerminal
    ? []
    : (run.reason?.lines ?? []).slice(-most).map((line) => `  ${line}`);
  return [...lines, `All of its log: cassini logs ${run.name}`];
}
