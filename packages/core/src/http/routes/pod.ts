import { Pod } from "../../pod/index.ts";
import { route } from "../route.ts";
import * as log from "../view/pod-log.ts";
import * as view from "../view/pod.ts";

/** Asked for by saturn-client alone. */
export const runtimeSummary = route({
  summary: "A pod that has not ended, with the logs of its containers",
  command: Pod.get,
  answer: view.OldPodSummary,
  show: view.showLivePod,
});

export const logs = route({
  summary: "The last lines that a pod has written",
  command: Pod.log,
  query: log.PodLogQuery,
  answer: log.PodLogs,
  show: (text) => ({ logs: text }),
});
