import { command } from "../command.ts";
import { follow, owner } from "../line/flag-set.ts";
import { targetOf } from "../line/words.ts";
import { begin } from "../log/begin.ts";
import { jobNamed } from "../log/run.ts";

export const restart = command({
  summary: "Stop what runs of a job and start it anew",
  usage: ["restart job NAME", "restart NAME"],
  about: "The new run takes the job as it is now: changes made since the last start reach it.",
  examples: [["cassini restart train --follow", "stop train's runs, start a new one, watch it"]],
  flags: { follow, owner },
  async run(asked) {
    const { api, words, flags } = asked;
    const { name } = targetOf(words, { kinds: ["job"], usual: "job", usage: "restart job NAME" });
    const id = await jobNamed(api, name, flags.owner);
    return begin(asked, await api("POST /api/jobs/{id}/restart", { id }), flags.follow === true);
  },
});
