import { schedules, workflows } from "@cassini/core/app";
import { Launch } from "@cassini/core/launch";
import { Run } from "@cassini/core/run";
import { code, page, table } from "./markdown.ts";
import { diagram } from "./mermaid.ts";

const lead = "What happens in a task, what happens around it, and what happens by the clock.";

/** The steps of a task, of an attempt's state machine, and of the clock. */
export const stepsPage = (): string => page("Steps", lead, [inTask(), aroundIt(), byClock()]);

function inTask(): string {
  const rows = Launch.steps.map((step) => [code(step), Run.stepFailed(step, 1)]);
  const says = "In this order; the first that fails ends the task. A log is read step by step.";
  return ["## In a task", says, table(["step", "when it fails"], rows)].join("\n\n");
}

/** As much of a state as is drawn. */
interface State {
  readonly Resource: string;
  readonly Next?: string;
  readonly Catch?: readonly { readonly Next: string }[];
}

function aroundIt(): string {
  const { Comment, StartAt, States } = workflows.run;
  const states: readonly (readonly [string, State])[] = Object.entries(States);
  const nodes = states.map(([from, { Next, Catch = [] }]) => ({
    from,
    to: [
      ...(Next === undefined ? [] : [{ to: Next, by: "" }]),
      ...Catch.map((way) => ({ to: way.Next, by: "cannot" })),
    ],
  }));
  const rows = states.map(([name, { Resource }]) => [name, code(Resource)]);
  return [
    "## Around a task",
    Comment,
    diagram(StartAt, nodes),
    table(["state", "does"], rows),
  ].join("\n\n");
}

function byClock(): string {
  const rows = Object.entries(schedules).map(([name, { everySeconds }]) => [
    code(name),
    `${everySeconds} seconds`,
  ]);
  return ["## By the clock", table(["what", "every"], rows)].join("\n\n");
}
