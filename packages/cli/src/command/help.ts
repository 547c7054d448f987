import { command, type Command } from "../command.ts";
import { CommandUnknown } from "../failure.ts";
import { atMost } from "../line/words.ts";
import { manual, overview, type Commands } from "../line/help.ts";
import { nearest } from "../line/nearest.ts";

/** The command that explains the others. */
export const helpOn = (commands: () => Commands): Command =>
  command({
    summary: "Explain all commands, or one",
    usage: ["help", "help COMMAND"],
    examples: [["cassini help apply", "what apply does, with a recipe to begin from"]],
    async run({ words: [...words] }) {
      atMost(words, 1, "help COMMAND");
      const [word] = words;
      if (word === undefined) return { text: overview(commands()) };
      const found = commands()[word];
      if (!found) throw CommandUnknown({ word, nearest: nearest(word, Object.keys(commands())) });
      return { text: manual(word, found) };
    },
  });
