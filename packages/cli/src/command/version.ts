import { command } from "../command.ts";
import manifest from "../../package.json" with { type: "json" };

export const version = command({
  summary: "Print the version of this command",
  usage: ["version"],
  about: "`cassini doctor` tells the server's version too.",
  examples: [["cassini version", "the version, alone on a line"]],
  run: async () => ({ reply: { version: manifest.version }, text: `${manifest.version}\n` }),
});
