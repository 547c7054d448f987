import { command } from "../command.ts";
import { owner } from "../line/flag-set.ts";
import { targetOf } from "../line/words.ts";
import { exactly, jobNamed } from "../log/run.ts";

export const stop = command({
  summary: "Stop all runs of a job, or one run",
  usage: ["stop job NAME", "stop run RUN"],
  about:
    "A run gets its time to end in order. What has ended already stays as it is, so stopping twice does no harm.",
  examples: [
    ["cassini stop job train", "stop every run of train that has not ended"],
    ["cassini stop run train-3f2a9c01", "stop one run"],
  ],
  flags: { owner },
  async run({ words, flags, api }) {
    const { kind, name } = targetOf(words, {
      kinds: ["job", "run"],
      usual: "job",
      usage: "stop job NAME",
    });
    if (kind === "run") {
      const { id } = await exactly(api, name, flags.owner);
      const run = await api("POST /api/runs/{id}/stop", { id });
      return {
        reply: run,
        text:
          run.ended_at === null
            ? `${run.name} is stopping.\n`
            : `${run.name} had ended before: ${run.status}.\n`,
      };
    }
    const job = await api("POST /api/jobs/{id}/stop", {
      id: await jobNamed(api, name, flags.owner),
    });
    return {
      reply: job,
      text:
        job.status === "stopping"
          ? `${job.name} is stopping.\n`
          : `Nothing of ${job.name} is running.\n`,
    };
  },
});
