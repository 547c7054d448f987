import { command } from "../command.ts";
import { NotConfirmed } from "../failure.ts";
import { owner } from "../line/flag-set.ts";
import { targetOf } from "../line/words.ts";
import { jobNamed } from "../log/run.ts";

export const remove = command({
  summary: "Delete a job",
  usage: ["delete job NAME"],
  about:
    "Asks first; where nobody can be asked, --yes is the answer. A job with active runs is kept unless --stop says to stop them.",
  examples: [
    ["cassini delete job train", "asks, then deletes it"],
    ["cassini delete job train --yes --stop", "for scripts, and even while it runs"],
  ],
  flags: {
    yes: { type: "boolean", short: "y", about: "do not ask" },
    stop: { type: "boolean", about: "stop its runs first" },
    owner,
  },
  async run({ words, flags, api, io }) {
    const { name } = targetOf(words, { kinds: ["job"], usage: "delete job NAME" });
    const id = await jobNamed(api, name, flags.owner);
    const isMeant = flags.yes === true || (await confirmed(io.stdin, name));
    if (!isMeant) return { text: `${name} stays as it is.\n` };
    await api("DELETE /api/jobs/{id}", { id, allow_active: flags.stop === true });
    return { reply: { id, name }, text: `Deleted the job ${name}.\n` };
  },
});

async function confirmed(
  stdin: { isTerminal: boolean; ask(question: string): Promise<string> },
  name: string,
): Promise<boolean> {
  if (!stdin.isTerminal) throw NotConfirmed({ what: `Deleting the job ${name}` });
  const answer = await stdin.ask(`Delete the job ${name}? This cannot be undone. [y/N] `);
  return /^y(es)?$/i.test(answer.trim());
}
