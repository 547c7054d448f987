import * as z from "zod";
import { wireTime } from "../../kit/index.ts";
import { Pod as Pods } from "../../pod/index.ts";
import type { Asked } from "../route.ts";
import { keyFields, keysOf } from "./page.ts";

export const PodLogQuery = z.object({
  container_name: z.string().optional(),
  page_size: z.coerce.number().int().min(1).max(5000).default(1000),
});
export const PodLogs = z.strictObject({ logs: z.string() });

export const JobLogQuery = z.object({
  pod_name: z.string().optional(),
  next_key: z.string().optional(),
});

export const readJobLogQuery = ({
  path,
  query,
  oldClient,
}: Asked<unknown, z.infer<typeof JobLogQuery>>) => ({
  ...query,
  id: path["id"],
  whole: oldClient,
});

export const JobLogs = z.strictObject({
  logs: z.array(
    z.strictObject({
      timestamp: z.string(),
      content: z.string(),
      pod_name: z.string(),
      container_name: z.string(),
    }),
  ),
  ...keyFields,
});

/** The most records of one answer: where a page has more lines, several of them share a record. */
const mostRecords = 5000;

/** A page of a log, line by line. When a line was written is not known: each has the time at which its step began. */
export function showJobLogs(page: Pods.Page): z.infer<typeof JobLogs> {
  const { pod, entries } = page;
  if (!pod) return { logs: [] };
  const texts = entries.map(({ step, text }) => ({ step, lines: linesOf(text) }));
  const share = Math.ceil(texts.reduce((sum, { lines }) => sum + lines.length, 0) / mostRecords);
  const begun = new Map(pod.attempt.steps.map((step) => [step.name, step.started_at]));
  const logs = texts.flatMap(({ step, lines }) =>
    inShares(lines, share).map((content) => ({
      timestamp: wireTime(begun.get(step) ?? pod.run.created_at),
      content,
      pod_name: pod.name,
      container_name: Pods.containerOf(step),
    })),
  );
  return { logs, ...keysOf(page) };
}

/** The lines of a text; the end of the last one makes no further line. */
const linesOf = (text: string): string[] =>
  (text.endsWith("\n") ? text.slice(0, -1) : text).split("\n");

const inShares = (lines: readonly string[], share: number): string[] =>
  Array.from({ length: Math.ceil(lines.length / share) }, (_, at) =>
    lines.slice(at * share, (at + 1) * share).join("\n"),
  );

/** The most characters of a log that are answered as one text. */
const mostCharacters = 1024 * 1024;

/** The whole log as one text, which is what saturn-client prints. */
export function showOldJobLogs({ entries }: Pods.Page): z.infer<typeof PodLogs> {
  const text = Pods.textOf(entries);
  if (text.length <= mostCharacters) return { logs: text };
  return { logs: `[The log is longer; this is its end.]\n${text.slice(-mostCharacters)}` };
}
