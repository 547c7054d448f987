import { Log } from "../../log/index.ts";
import { Run } from "../../run/index.ts";
import { route } from "../route.ts";
import * as view from "../view/run.ts";

export const list = route({
  summary: "Runs, newest first: of one job, or of an owner",
  command: Run.list,
  query: view.RunQuery,
  answer: view.RunList,
  read: ({ query }) => view.readRunQuery(query),
  show: view.showRuns,
});

export const get = route({
  summary: "A run; with wait_seconds once it has ended, or the time is over",
  command: Run.get,
  query: view.RunWait,
  answer: view.RunDetail,
  show: view.showRunDetail,
});

export const stop = route({
  summary: "Ask a run to stop",
  command: Run.stop,
  answer: view.RunDetail,
  show: view.showRunDetail,
});

export const logs = route({
  summary: "A run's log from a cursor on; with wait_seconds once there is more of it",
  command: Log.read,
  query: view.RunLogQuery,
  answer: view.RunLog,
  show: view.showRunLog,
});
