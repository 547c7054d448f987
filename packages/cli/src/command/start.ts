import { command } from "../command.ts";
import { follow, owner } from "../line/flag-set.ts";
import { targetOf } from "../line/words.ts";
import { jobNamed } from "../log/run.ts";
import { begin } from "../log/begin.ts";

export const start = command({
  summary: "Start a run of a job",
  usage: ["start job NAME", "start NAME"],
  about:
    "Each start is a run of its own, whether or not another one is going on. With --follow the command shows the run's steps and log, and ends with 0 only if the run completes. Ctrl-C then leaves the run going.",
  examples: [
    ["cassini start train", "start it and return at once"],
    ["cassini start train --follow", "start it and watch it to its end"],
    [
      "cassini start train -f > train.log",
      "keep the log alone in a file; the steps stay on the screen",
    ],
  ],
  flags: { follow, owner },
  async run(asked) {
    const { api, words, flags } = asked;
    const { name } = targetOf(words, { kinds: ["job"], usual: "job", usage: "start job NAME" });
    const id = await jobNamed(api, name, flags.owner);
    return begin(asked, await api("POST /api/jobs/{id}/start", { id }), flags.follow === true);
  },
});
