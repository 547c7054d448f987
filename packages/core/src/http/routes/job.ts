import { Job } from "../../job/index.ts";
import { Pod } from "../../pod/index.ts";
import { route } from "../route.ts";
import * as body from "../view/job-body.ts";
import * as view from "../view/job.ts";
import * as pods from "../view/pod-log.ts";
import * as pod from "../view/pod.ts";

const one = { answer: view.Job, show: view.showJob };

export const list = route({
  summary: "An owner's jobs in order of their names",
  command: Job.list,
  query: body.JobQuery,
  answer: view.JobList,
  read: ({ query }) => body.readJobQuery(query),
  show: view.showJobs,
});

export const create = route({
  summary: "Make a job",
  command: Job.create,
  status: 201,
  body: body.JobCreate,
  read: (asked) => body.readJob(asked.body, asked.platform),
  ...one,
});

export const get = route({ summary: "A job", command: Job.get, ...one });

export const update = route({
  summary: "Change what the body names of a job",
  command: Job.update,
  body: body.JobUpdate,
  read: (asked) => ({ id: asked.path["id"], changes: body.readJobChanges(asked.body) }),
  ...one,
});

export const destroy = route({
  summary: "Remove a job",
  command: Job.destroy,
  status: 204,
  query: body.JobRemoval,
  // saturn-client has no word for it, and its users have said "delete".
  read: ({ path, query, oldClient }) => ({
    id: path["id"],
    allow_active: query.allow_active || oldClient,
  }),
});

export const start = route({
  summary: "Start another run of a job; the answer names it in run_id",
  command: Job.start,
  body: body.JobStart,
  answer: view.StartedJob,
  read: body.readJobStart,
  show: view.showStarted,
});

export const restart = route({
  summary: "Stop what runs of a job, and start it anew",
  command: Job.restart,
  body: body.JobStart,
  answer: view.StartedJob,
  read: body.readJobStart,
  show: view.showStarted,
});

export const stop = route({ summary: "Stop every run of a job", command: Job.stop, ...one });

export const stopRun = route({
  summary: "Stop one run of a job, by its name",
  command: Job.stopRun,
  ...one,
});

export const history = route({
  summary: "The pods that a job had and has",
  command: Pod.history,
  answer: pod.History,
  show: pod.showHistory,
});

export const runtimeSummary = route({
  summary: "The runs of a job that have not ended",
  command: Pod.active,
  query: pod.JobSummaryQuery,
  answer: pod.JobSummaries,
  oldAnswer: pod.OldJobSummaries,
  read: ({ path, query }) => pod.readJobSummaryQuery(query, path["id"]),
  show: pod.showJobSummaries,
  showOld: pod.showOldJobSummaries,
});

export const logs = route({
  summary: "The log of one of a job's pods, or of its newest, page by page",
  command: Pod.logOfJob,
  query: pods.JobLogQuery,
  answer: pods.JobLogs,
  oldAnswer: pods.PodLogs,
  read: pods.readJobLogQuery,
  show: pods.showJobLogs,
  showOld: pods.showOldJobLogs,
});
