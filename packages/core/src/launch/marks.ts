import { timeOf } from "../kit/index.ts";
import { StepName } from "./schema.ts";

/** What `entry.sh` notes of a step. `at` is missing where the image's bash cannot tell the time. */
export type Mark =
  | { readonly kind: "start"; readonly step: StepName; readonly at?: string }
  | {
      readonly kind: "end";
      readonly step: StepName;
      readonly at?: string;
      readonly exitCode: number;
    };

/** `start <step> <time>` or `end <step> <time> <exit code>`; the time in seconds since 1970, `-` where it is not known. */
const line = /^(start|end) ([a-z-]{1,32}) (-|\d{1,11}(?:\.\d{1,9})?)(?: (\d{1,3}))?$/;

/** Reads the file `marks`. A last line without its end is still being written and left for later; a line of no known form is passed over. */
export const parseMarks = (text: string): Mark[] => text.split("\n").slice(0, -1).flatMap(markOf);

function markOf(text: string): Mark[] {
  const [, kind, name, time = "-", code] = line.exec(text) ?? [];
  const step = StepName.safeParse(name);
  if (!step.success || (kind === "end") === (code === undefined)) return [];
  const when = { step: step.data, ...timed(time) };
  return [
    code === undefined
      ? { kind: "start", ...when }
      : { kind: "end", ...when, exitCode: Number(code) },
  ];
}

const timed = (seconds: string) =>
  seconds === "-" ? {} : { at: timeOf(Math.floor(Number(seconds) * 1000)) };
