import { command } from "../command.ts";
import { owner } from "../line/flag-set.ts";
import { atMost } from "../line/words.ts";
import { listRuns } from "../list/runs.ts";

export const runs = command({
  summary: "List runs, newest first",
  usage: ["runs", "runs JOB"],
  about: "A job's active runs stand above those that have ended.",
  examples: [
    ["cassini runs", "the newest runs of all your jobs"],
    ["cassini runs train --limit 100", "more of one job"],
  ],
  flags: {
    limit: {
      type: "string",
      short: "n",
      value: "COUNT",
      about: "how many at most; 20 if not said",
    },
    owner,
  },
  async run(asked) {
    atMost(asked.words, 1, "runs JOB");
    return listRuns(asked, {
      job: asked.words[0],
      owner: asked.flags.owner,
      limit: asked.flags.limit,
    });
  },
});
