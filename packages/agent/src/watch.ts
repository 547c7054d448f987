import { Launch } from "@cassini/core/launch";
import { lengthOf, readPiece } from "./file.ts";
import type { Life, Report } from "./life.ts";
import { marksOf } from "./place.ts";
import { read, ShippedFile, StopFile, write, type EndedFile, type Step } from "./record.ts";
import { linesOf, ship, type Progress } from "./ship.ts";
import { stepsOf, type End } from "./step.ts";

/** An attempt is heard of at least this often, so that a wish to stop that was lost on its way arrives. */
const heartbeat = 30_000;
/** The most that is read of a file with marks: ten lines are a few hundred bytes. */
const longestMarks = 16 * 1024;
/** How many lines a report carries at most. */
const mostLines = 50;
const grace = 30;

/** Ships and reports what is new of a task. */
export async function pulse(life: Life): Promise<void> {
  const steps = await shipped(life, stepsNow(life));
  const report: Report = { steps, commits: [...life.commits], lines: [] };
  const text = JSON.stringify(report);
  if (text === life.reported.text && Date.now() - life.reported.at < heartbeat) return;
  const { stop } = await life.api.report(report);
  life.reported = { text, at: Date.now() };
  const wish = { at: new Date().toISOString(), grace, reason: "run.stopped" };
  if (stop && !read(life.place.stop, StopFile)) write(life.place.stop, wish);
}

/** Tells the end of a task, once all of its log has been taken. */
export async function tellEnd(life: Life, { lines, ...ended }: EndedFile): Promise<void> {
  life.ending = true;
  await life.pulse;
  const steps = await shipped(life, stepsNow(life, { at: ended.at, exitCode: ended.exit_code }));
  const last = [...lastWords(life, steps), ...lines].slice(-mostLines);
  await life.api.report({ steps, commits: [...life.commits], lines: last, ended });
}

/** The steps as they stand. With an end none is left running. */
function stepsNow(life: Life, end?: End): Step[] {
  const since = life.steps.at(-1)?.ended_at ?? life.steps.at(-1)?.started_at ?? life.since;
  const told = stepsOf(marksNow(life), since, end);
  const own = life.steps.map((step) =>
    end && step.state === "running"
      ? { ...step, state: "failed" as const, ended_at: end.at }
      : step,
  );
  return end ? blamed([...own, ...told], since, end) : [...own, ...told];
}

/** A failure is some step's: a script that failed before its first mark was about to run the command. */
function blamed(steps: Step[], since: string, { at, exitCode = 0 }: End): Step[] {
  if (exitCode === 0 || steps.some(({ state }) => state === "failed")) return steps;
  return [
    ...steps.filter(({ name }) => name !== "command"),
    { name: "command", state: "failed", started_at: since, ended_at: at },
  ];
}

function marksNow(life: Life): readonly Launch.Mark[] {
  const path = marksOf(life.task.folder);
  const length = lengthOf(path);
  if (length === life.marks.length) return life.marks.list;
  const buffer = new Uint8Array(Math.min(length, longestMarks));
  const text = new TextDecoder().decode(buffer.subarray(0, readPiece(path, 0, buffer)));
  life.marks = { length, list: Launch.parseMarks(text) };
  return life.marks.list;
}

/** Ships the logs of steps and answers the steps with the lengths of those that have ended. */
async function shipped(life: Life, steps: readonly Step[]): Promise<Step[]> {
  const known: Step[] = [];
  for (const step of steps) known.push(await withLength(life, step));
  return known;
}

async function withLength(life: Life, step: Step): Promise<Step> {
  const length = life.lengths.get(step.name);
  if (length !== undefined) return { ...step, bytes: length };
  const progress = progressOf(life, step.name);
  if (await ship(life.api, life.task.folder, step.name, progress)) noteDown(life);
  if (step.state === "running") return step;
  life.lengths.set(step.name, progress.sent);
  return { ...step, bytes: progress.sent };
}

function progressOf(life: Life, step: Launch.StepName): Progress {
  const known = life.logs.get(step);
  if (known) return known;
  const sent = read(life.place.shipped, ShippedFile)?.[step] ?? 0;
  const progress = { start: sent, sent };
  life.logs.set(step, progress);
  return progress;
}

/** Keeps up to where pieces are complete, so that the next agent need not begin with the first. */
function noteDown(life: Life): void {
  const whole: ShippedFile = {};
  for (const [step, { start }] of life.logs) if (start > 0) whole[step] = start;
  if (Object.keys(whole).length > 0) write(life.place.shipped, whole);
}

/** The last lines of the step that failed. */
function lastWords(life: Life, steps: readonly Step[]): string[] {
  const failed = steps.findLast(({ state }) => state === "failed");
  return failed ? linesOf(life.task.folder, failed.name) : [];
}
