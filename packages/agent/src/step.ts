import { Launch } from "@cassini/core/launch";
import type { Step } from "./record.ts";

/** The steps that the agent carries out itself; a task has no say in them. */
const agentSteps: readonly Launch.StepName[] = ["environment", "repositories"];

/** How the whole of a task ended: when, and with which code, if there is one. */
export interface End {
  readonly at: string;
  readonly exitCode?: number | undefined;
}

/**
 * The steps as the marks of `entry.sh` tell them. Marks are written by the task, so they may say anything: the first start
 * and the first end of a step count, times are never trusted to be in order. With an end, no step is left running.
 */
export function stepsOf(marks: readonly Launch.Mark[], now: string, end?: End): Step[] {
  return Launch.steps
    .filter((name) => !agentSteps.includes(name))
    .flatMap((name) => {
      const start = marks.find((mark) => mark.kind === "start" && mark.step === name);
      if (!start) return [];
      const done = marks.find((mark) => mark.kind === "end" && mark.step === name);
      const begun = { name, started_at: start.at ?? now };
      if (done?.kind === "end")
        return [{ ...begun, state: stateOf(done.exitCode), ended_at: done.at ?? now }];
      return [
        end
          ? { ...begun, state: stateOf(end.exitCode), ended_at: end.at }
          : { ...begun, state: "running" as const },
      ];
    });
}

const stateOf = (exitCode: number | undefined): "succeeded" | "failed" =>
  exitCode === 0 ? "succeeded" : "failed";
