import * as z from "zod";
import { timeOf, wireTime } from "../../kit/index.ts";
import { Pod as Pods } from "../../pod/index.ts";
import { Container, showContainer } from "./container.ts";
import { KilledReason, recordFields, recordOf } from "./kubernetes.ts";
import { keyFields, keysOf, PagedQuery, pageIn } from "./page.ts";

const RunStatus = z.enum(["pending", "running", "stopping", "stopped", "completed", "error"]);

const podFields = {
  ...recordFields,
  status: z.enum([...RunStatus.options, "unknown"]),
  node_name: z.string().nullable(),
  completed_at: z.string().nullable(),
  reason: KilledReason,
  init_container_summaries: z.array(Container),
  container_summaries: z.array(Container),
};

export const PodSummary = z.strictObject(podFields);
/** saturn-client sorts pods by `started_at`: a null among texts is more than it can bear. */
export const OldPodSummary = z.strictObject({ ...podFields, started_at: z.string().optional() });
type OldPodSummary = z.infer<typeof OldPodSummary>;

const labelsOf = ({ job_id, name }: Pods.Pod["run"]) => ({
  "saturncloud.io/resource-id": job_id,
  "job-name": name,
});

const startOf = ({ started_at }: Pods.Pod["run"]): string | null =>
  started_at === undefined ? null : wireTime(started_at);

/** A pod as lists show it; without its containers, which need the attempt. */
function showPod({ name, run }: Pods.Pod): z.infer<typeof PodSummary> {
  return {
    ...recordOf(name, `${run.id}-${run.attempt}`, run.id),
    labels: labelsOf(run),
    started_at: startOf(run),
    status: run.state,
    node_name: null,
    completed_at: run.ended_at === undefined ? null : wireTime(run.ended_at),
    reason: null,
    init_container_summaries: [],
    container_summaries: [],
  };
}

/** A pod with its containers and their logs, in the shape that saturn-client alone asks for. */
export function showLivePod(pod: Pods.Detail): OldPodSummary {
  return {
    ...aged(showPod(pod)),
    init_container_summaries: [showContainer("prepare", pod)],
    container_summaries: [showContainer("main", pod)],
  };
}

const aged = ({ started_at, ...pod }: z.infer<typeof PodSummary>): OldPodSummary => ({
  ...pod,
  ...(started_at !== null && { started_at }),
});

const jobSummaryFields = {
  ...recordFields,
  status: RunStatus,
  scale: z.int(),
  running_count: z.int(),
  active_count: z.int(),
  completed_at: z.string().nullable(),
};

export const JobSummaries = z.strictObject({
  job_summaries: z.array(
    z.strictObject({ ...jobSummaryFields, pod_summaries: z.array(PodSummary) }),
  ),
  ...keyFields,
});
/** Without any live run saturn-client must not find the key at all. */
export const OldJobSummaries = z.strictObject({
  job_summaries: z
    .array(z.strictObject({ ...jobSummaryFields, pod_summaries: z.array(OldPodSummary) }))
    .optional(),
  ...keyFields,
});

interface Live extends Pods.OfJob {
  readonly next_key?: string | undefined;
  readonly prev_key?: string | undefined;
}

export const JobSummaryQuery = PagedQuery;
export const readJobSummaryQuery = (query: z.infer<typeof PagedQuery>, id: string | undefined) => ({
  ...pageIn(query),
  id,
});

export const showJobSummaries = (live: Live): z.infer<typeof JobSummaries> => ({
  job_summaries: live.pods.map((pod) => ({
    ...showJobSummary(pod, live.job.scale),
    pod_summaries: [showPod(pod)],
  })),
  ...keysOf(live),
});

export function showOldJobSummaries(live: Live): z.infer<typeof OldJobSummaries> {
  const summaries = live.pods.map((pod) => ({
    ...showJobSummary(pod, live.job.scale),
    pod_summaries: [aged(showPod(pod))],
  }));
  return { ...(summaries.length > 0 && { job_summaries: summaries }), ...keysOf(live) };
}

const showJobSummary = ({ run }: Pods.Pod, scale: number) => ({
  ...recordOf(run.name, run.id, run.job_id),
  labels: labelsOf(run),
  started_at: startOf(run),
  status: run.state,
  scale,
  running_count: run.state === "running" ? 1 : 0,
  active_count: 1,
  completed_at: run.ended_at === undefined ? null : wireTime(run.ended_at),
});

export const History = z.strictObject({
  pods: z.array(
    z.strictObject({
      pod_name: z.string(),
      status: RunStatus,
      last_seen: z.string(),
      start_time: z.string().nullable(),
      /** Gone from the newer contract; saturn-client insists on the key. */
      end_time: z.string().nullable(),
      label_job_name: z.string().optional(),
    }),
  ),
});

export const showHistory = ({ pods, seenAt }: Pods.OfJob): z.infer<typeof History> => ({
  pods: pods.map(({ name, run }) => ({
    pod_name: name,
    status: run.state,
    last_seen: wireTime(run.ended_at ?? timeOf(seenAt)),
    start_time: startOf(run),
    end_time: run.ended_at === undefined ? null : wireTime(run.ended_at),
    label_job_name: run.name,
  })),
});
