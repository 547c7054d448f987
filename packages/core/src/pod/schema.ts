import { failure } from "../kit/index.ts";
import type { Log } from "../log/index.ts";
import type { Attempt, Info as Run } from "../run/schema.ts";

/** How the vendor's clients see one attempt of a run: a pod with an init container and a main one. */
export interface Pod {
  readonly name: string;
  readonly run: Run;
}

/** A pod with the attempt that it shows. */
export interface Traced extends Pod {
  readonly attempt: Attempt;
}

/** A pod with all that is known of what goes on in it. */
export interface Detail extends Traced {
  readonly log: readonly Log.Entry[];
}

/** What a pod's name leads to. */
export interface Place {
  readonly run: string;
  readonly attempt: number;
}

/** The two containers that a pod shows: what makes the task ready, and the job's own command. */
export const containers = ["prepare", "main"] as const;
export type Container = (typeof containers)[number];

export const NotFound = failure<{ name: string }>(
  "missing",
  "pod.not_found",
  ({ name }) => `There is no pod ${name} here now. The job's history lists those that there were.`,
);
