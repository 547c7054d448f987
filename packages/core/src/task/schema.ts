import * as z from "zod";
import { failure } from "../kit/index.ts";
import { StepName } from "../launch/schema.ts";
import { Commit, Ended, Step } from "../run/schema.ts";

/** What the agent of an attempt tells: everything it knows so far, so that a report may be lost, doubled or late. */
export const Report = z.object({
  steps: z.array(Step),
  commits: z.array(Commit).default([]),
  /** The last lines of the step that failed. */
  lines: z.array(z.string()).max(50).default([]),
  /** Sent once the task has ended and all of its log has been shipped. */
  ended: Ended.optional(),
});
export type Report = z.infer<typeof Report>;

/** A piece of a step's log: `offset` counts bytes from the step's first. The same piece again, or a longer one, replaces it. */
export const Chunk = z.object({
  step: StepName,
  offset: z.int().nonnegative(),
  bytes: z.instanceof(Uint8Array),
});
export type Chunk = z.infer<typeof Chunk>;

/** What a report is answered with: whether the platform wants the task to end. */
export const Wish = z.object({ stop: z.boolean() });
export type Wish = z.infer<typeof Wish>;

export const TicketInvalid = failure(
  "unauthenticated",
  "task.ticket_invalid",
  () => "This ticket does not open this task.",
);
export const TaskOver = failure(
  "gone",
  "task.over",
  () => "This attempt has ended; nothing more is taken from its task.",
);
