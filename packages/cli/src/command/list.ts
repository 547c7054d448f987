import { command } from "../command.ts";
import { owner } from "../line/flag-set.ts";
import { atMost } from "../line/words.ts";
import { KindUnknown } from "../failure.ts";
import { nearest } from "../line/nearest.ts";
import { listImages } from "../list/images.ts";
import { listJobs } from "../list/jobs.ts";
import { listRuns } from "../list/runs.ts";
import { listSizes } from "../list/sizes.ts";

const lists = new Map([
  ["jobs", listJobs],
  ["images", listImages],
  ["sizes", listSizes],
  ["runs", listRuns],
]);

export const list = command({
  summary: "List jobs, images, sizes or runs",
  usage: ["list jobs", "list images", "list sizes", "list runs"],
  about:
    "Without a word it lists jobs. Images are those that you can use; sizes tell which of them fit this installation.",
  examples: [
    ["cassini list", "your jobs and what they are doing"],
    ["cassini list images", "what can stand as a job's image"],
    ["cassini list jobs --json | jq -r '.jobs[].name'", "their names, for a script"],
  ],
  flags: { owner },
  async run(asked) {
    const [word = "jobs"] = asked.words;
    atMost(asked.words, 1, `list ${word}`);
    const known = [...lists.keys()];
    const show = lists.get(word) ?? lists.get(`${word}s`);
    if (!show) throw KindUnknown({ word, known: known.join(", "), nearest: nearest(word, known) });
    return show(asked, { owner: asked.flags.owner });
  },
});
