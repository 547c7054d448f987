import { command } from "../command.ts";
import { credentialsPath, forgetCredentials, readCredentials } from "../server/credentials.ts";

export const logout = command({
  summary: "Forget what `cassini login` has kept",
  usage: ["logout"],
  about: "The token itself stays valid. After this, a server in this folder is found again.",
  examples: [["cassini logout", "forget the address and the token"]],
  async run({ io }) {
    const kept = readCredentials(io.home);
    forgetCredentials(io.home);
    return {
      text: kept ? `Forgot ${kept.url}.\n` : `Nothing is kept in ${credentialsPath(io.home)}.\n`,
    };
  },
});
