import * as z from "zod";
import { wireTime } from "../../kit/index.ts";
import { Pod as Pods } from "../../pod/index.ts";
import type { Run } from "../../run/index.ts";
import { KilledReason, recordFields, recordOf } from "./kubernetes.ts";

export const Container = z.strictObject({
  ...recordFields,
  status: z.enum(["running", "pending", "waiting", "completed", "error"]),
  finished_at: z.string().nullable(),
  restart_policy: z.enum(["Always", "Never", "OnFailure"]),
  image_pulled: z.boolean(),
  exit_code: z.int().nullable(),
  reason: KilledReason,
  previous: z.null(),
  /** Gone from the newer contract; saturn-client reads it. */
  logs: z.string(),
});
type Container = z.infer<typeof Container>;

/** One of the two containers of a pod that has not ended; the steps of its task are divided among them. */
export function showContainer(name: Pods.Container, { run, attempt, log }: Pods.Detail): Container {
  const own = attempt.steps.filter((step) => Pods.containerOf(step.name) === name);
  const status = statusOf[name](own, attempt.steps);
  const over = status === "completed" || status === "error";
  return {
    ...recordOf(name, `${run.id}-${attempt.number}-${name}`, null),
    started_at: timeOrNull(own[0]?.started_at),
    status,
    finished_at: over ? timeOrNull(own.at(-1)?.ended_at) : null,
    restart_policy: "Never",
    image_pulled: attempt.steps.length > 0,
    // Of what failed the code is known once the attempt has ended, and then the pod is gone.
    exit_code: status === "completed" ? 0 : null,
    reason: null,
    previous: null,
    logs: Pods.textOf(log.filter(({ step }) => Pods.containerOf(step) === name)),
  };
}

const timeOrNull = (time: string | undefined): string | null =>
  time === undefined ? null : wireTime(time);

type Steps = readonly Run.Step[];

const failed = (own: Steps): boolean => own.some((step) => step.state === "failed");

const statusOf: Readonly<Record<Pods.Container, (own: Steps, all: Steps) => Container["status"]>> =
  {
    prepare: (own, all) => {
      if (failed(own)) return "error";
      if (all.length > own.length) return "completed";
      return own.length > 0 ? "running" : "waiting";
    },
    main: (own) => {
      if (failed(own)) return "error";
      if (own.length === 0) return "waiting";
      return own.every((step) => step.state === "succeeded") ? "completed" : "running";
    },
  };
