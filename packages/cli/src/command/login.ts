import { command, type Asked } from "../command.ts";
import { TokenMissing, UrlMissing, UrlUnfit } from "../failure.ts";
import { atMost } from "../line/words.ts";
import { ask } from "../server/ask.ts";
import { keepCredentials } from "../server/credentials.ts";
import { findServer } from "../server/find.ts";

export const login = command({
  summary: "Keep a server's address and your token",
  usage: ["login --url URL", "login --url URL --token-stdin"],
  about:
    "Asks for the token without showing it, tries it, and keeps both in ~/.config/cassini/credentials.json for you alone. What is kept wins over a server in this folder; CASSINI_URL and CASSINI_TOKEN win over what is kept.",
  examples: [
    ["cassini login --url https://cassini.example.com", "asks for the token"],
    ["cassini login --url https://cassini.example.com --token-stdin < token.txt", "for scripts"],
  ],
  flags: {
    url: { type: "string", value: "URL", about: "the server; the one found here if not said" },
    "token-stdin": { type: "boolean", about: "read the token from the standard input" },
  },
  async run({ words, flags, io }) {
    atMost(words, 0, "login --url URL");
    const url = addressOf(flags.url ?? knownUrl(io));
    const token = await tokenFrom(io, url, flags["token-stdin"] === true);
    const user = await ask({ url, token, start: "Check the address." }, io)("GET /api/user", {});
    const path = keepCredentials(io.home, { url, token });
    return { reply: user, text: `Signed in to ${url} as ${user.username}. Kept in ${path}.\n` };
  },
});

function knownUrl(io: Asked["io"]): string {
  try {
    return findServer(io).url;
  } catch (error) {
    throw UrlMissing({}, error);
  }
}

/** Scheme, host and port of what was typed. */
function addressOf(text: string): string {
  const url = URL.parse(text);
  if (!url || !["http:", "https:"].includes(url.protocol)) throw UrlUnfit({ url: text });
  return url.origin;
}

async function tokenFrom({ stdin }: Asked["io"], url: string, fromStdin: boolean): Promise<string> {
  const isAsked = stdin.isTerminal && !fromStdin;
  const token = (
    isAsked ? await stdin.ask(`Token for ${url}: `, { hidden: true }) : await stdin.read()
  ).trim();
  if (!/^\S+$/.test(token)) throw TokenMissing({});
  return token;
}
