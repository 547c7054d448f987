import type { Asked } from "../command.ts";
import type { Paper } from "../print/paper.ts";
import { between } from "../print/time.ts";
import type { Page } from "./pages.ts";
import type { RunDetail } from "./run.ts";

type Entry = Page["entries"][number];
type Step = RunDetail["steps"][number];

/** Where a log is shown: its text alone on the standard output, all that is about it on the standard error. */
export interface Screen {
  /** Text of a step, under the step's heading. */
  show(entry: Entry): Promise<void>;
  /** The steps that have passed and were not told yet. */
  mark(steps: readonly Step[]): Promise<void>;
  /** A line beside the log. */
  say(line: string): Promise<void>;
}

export function screenOf({ io, aside, format }: Pick<Asked, "io" | "aside" | "format">): Screen {
  const marked = new Set<string>();
  let heading = "";
  let isLineOpen = false;
  const say = async (line: string): Promise<void> => {
    const joins = isLineOpen && io.stdout.isTerminal && io.stderr.isTerminal;
    isLineOpen &&= !joins;
    await io.stderr.write(`${joins ? "\n" : ""}${line}\n`);
  };
  return {
    say,
    async show(entry) {
      if (format === "json") return io.stdout.write(`${JSON.stringify(entry)}\n`);
      if (entry.step !== heading) await say(headingOf(entry.step, aside));
      heading = entry.step;
      isLineOpen = !entry.text.endsWith("\n");
      return io.stdout.write(entry.text);
    },
    async mark(steps) {
      for (const step of steps) {
        if (step.status === "running" || marked.has(step.name)) continue;
        marked.add(step.name);
        await say(markOf(step, aside, io.now()));
      }
    },
  };
}

const headingOf = (step: string, paper: Paper): string =>
  paper.columns === undefined ? `== ${step} ==` : paper.tone("dim", `── ${step} ──`);

function markOf({ name, status, started_at, ended_at }: Step, paper: Paper, now: number): string {
  const took = between(started_at, ended_at, now);
  if (paper.columns === undefined) return `step ${name} ${status} in ${took}`;
  return status === "succeeded"
    ? `${paper.tone("green", "✓")} ${name} ${paper.tone("dim", took)}`
    : `${paper.tone("red", "✗")} ${name} ${paper.tone("dim", took)}`;
}
