import type { Launch } from "@cassini/core/launch";
import { Task } from "@cassini/core/task";

/** One attempt as a platform has heard of it. */
export interface Seen {
  readonly bundle: Launch.Bundle;
  readonly ticket: string;
  readonly reports: Task.Report[];
  readonly logs: Map<string, Map<number, Buffer>>;
  ended?: NonNullable<Task.Report["ended"]>;
  /** When the end was told, by the clock of `performance`. */
  endedAt?: number;
  /** How often the bundle was fetched. */
  bundles: number;
  /** What reports are answered with. */
  stop: boolean;
  /** Whether nothing more is taken from the task. */
  over: boolean;
}

export interface Asked {
  readonly authorization: string;
  readonly what: string;
  readonly body: Buffer;
  readonly step: string;
  readonly offset: number;
}
export interface Answer {
  readonly status: number;
  readonly json?: unknown;
}

/** The bytes of a step's log as they were taken, joined from their pieces; fails where one is missing. */
export function logOf(seen: Seen, step: string): Buffer {
  const whole: Buffer[] = [];
  let at = 0;
  for (const [offset, bytes] of [...(seen.logs.get(step) ?? [])].toSorted(([a], [b]) => a - b)) {
    if (offset > at) throw new Error(`The log of ${step} has a gap from ${at} to ${offset}.`);
    if (offset + bytes.length <= at) continue;
    whole.push(bytes.subarray(at - offset));
    at = offset + bytes.length;
  }
  return Buffer.concat(whole);
}

/** The same as text. */
export const textOf = (seen: Seen, step = "command"): string => logOf(seen, step).toString("utf8");

const refused = (status: number, code: string): Answer => ({
  status,
  json: { message: "", code, status },
});

/** What the platform answers; what was asked against the rules is noted. */
export function answerOf(seen: Seen | undefined, asked: Asked, wrongs: string[]): Answer {
  if (!seen) return refused(404, "run.not_found");
  if (asked.authorization !== `Ticket ${seen.ticket}`) {
    wrongs.push(`The authorization ${asked.authorization} is wrong.`);
    return refused(401, "task.ticket_invalid");
  }
  if (seen.over || seen.ended) return refused(410, "task.over");
  if (asked.what === "report") return reported(seen, asked.body, wrongs);
  if (asked.what === "logs") return kept(seen, asked, wrongs);
  seen.bundles += 1;
  return { status: 200, json: seen.bundle };
}

function reported(seen: Seen, body: Buffer, wrongs: string[]): Answer {
  const parsed = Task.Report.safeParse(JSON.parse(body.toString("utf8")));
  if (!parsed.success) {
    wrongs.push(parsed.error.message);
    return refused(400, "input.invalid");
  }
  seen.reports.push(parsed.data);
  for (const step of parsed.data.steps) wrongs.push(...wrongsOf(seen, step));
  const { ended } = parsed.data;
  if (ended) Object.assign(seen, { ended, endedAt: performance.now() });
  return { status: 200, json: { stop: seen.stop } };
}

/** A step that has ended says how long its log is, and all of that has come. */
function wrongsOf(seen: Seen, { name, state, bytes }: Task.Report["steps"][number]): string[] {
  if (state === "running") return [];
  if (bytes === undefined) return [`The step ${name} has ended without the length of its log.`];
  const length = logOf(seen, name).length;
  return length < bytes ? [`The log of ${name} has ${length} bytes instead of ${bytes}.`] : [];
}

function kept(seen: Seen, { step, offset, body }: Asked, wrongs: string[]): Answer {
  const log = seen.logs.get(step) ?? new Map<number, Buffer>();
  const known = log.get(offset);
  if (body.length === 0 || body.length > 256 * 1024)
    wrongs.push(`A piece of ${step} has ${body.length} bytes.`);
  if (known && !body.subarray(0, known.length).equals(known))
    wrongs.push(`The piece of ${step} at ${offset} is not the one of before.`);
  seen.logs.set(step, log.set(offset, body));
  return { status: 204 };
}
