import { command } from "../command.ts";
import { WordsUnfit } from "../failure.ts";
import { owner } from "../line/flag-set.ts";
import { atMost } from "../line/words.ts";
import { follow, show } from "../log/follow.ts";
import { runNamed } from "../log/run.ts";

const usage = "logs NAME";

export const logs = command({
  summary: "Read what a run has written",
  usage: [usage, "logs RUN"],
  about:
    "Of a job it reads the newest run, an active one before any other. The standard output holds the log's text alone; headings and states go to the standard error. With -f it goes on until the run ends, through restarts of the server, " +
    'and ends as the run does. With --json each piece is a line {"step", "text"}.',
  examples: [
    ["cassini logs train", "the newest run of train"],
    ["cassini logs train-3f2a9c01 -f", "one run, until it ends"],
    ["cassini logs train 2>/dev/null | grep loss", "search the text alone"],
  ],
  flags: { follow: { type: "boolean", short: "f", about: "go on until the run ends" }, owner },
  async run(asked) {
    const [word] = asked.words;
    if (word === undefined)
      throw WordsUnfit({
        problem: "The name of a job or run is missing.",
        usage: `cassini ${usage}`,
      });
    atMost(asked.words, 1, usage);
    const run = await runNamed(asked, word, asked.flags.owner);
    return asked.flags.follow ? follow(asked, run) : show(asked, run);
  },
});
