import { Client } from "@cassini/core/client";
import manifest from "../../package.json" with { type: "json" };
import { command, type Asked } from "../command.ts";
import { exitOf } from "../exit.ts";
import { atMost } from "../line/words.ts";
import { findingsText } from "../print/findings.ts";

type Finding = Client.Finding;

export const doctor = command({
  summary: "Tell what works, what does not, and how to mend it",
  usage: ["doctor"],
  about:
    "Looks at this command, the server that it finds, your token, the sizes that can start, and what a server on one machine says that jobs have there and lack. Ends with 0 where nothing is missing that jobs cannot do without, else as the first failure would.",
  examples: [
    ["cassini doctor", "when something is not as it should be"],
    ["npm start -- --doctor", "what this machine would have and lack, without a server"],
  ],
  async run(asked) {
    atMost(asked.words, 0, "doctor");
    const findings: Finding[] = [];
    try {
      for await (const finding of examine(asked)) findings.push(finding);
    } catch (error) {
      if (!(error instanceof Client.Refused)) throw error;
      const name = error.kind === "unauthenticated" ? "token" : "server";
      return told([...findings, missing(name, error.message)], asked, exitOf[error.kind]);
    }
    return told(findings, asked, exitOf.broken);
  },
});

async function* examine({ api, io, server }: Asked): AsyncGenerator<Finding> {
  yield fine("command", `cassini ${manifest.version} on Node ${process.versions.node}`);
  const { url, source } = server();
  yield fine("address", `${url}, from ${source}`);
  const before = io.now();
  const { version } = await api("GET /api/status", {});
  yield fine("server", `version ${version}, answers in ${io.now() - before} ms`);
  const { username, admin } = await api("GET /api/user", {});
  yield fine("token", `${username}${admin ? ", an administrator" : ""}`);
  const sizes = Object.values((await api("GET /api/info/servers", {})).sizes);
  const usable = sizes.filter(({ disabled }) => !disabled).length;
  const found = `${usable} of ${sizes.length} can start; \`cassini list sizes\` tells about each`;
  yield usable > 0 ? fine("sizes", found) : missing("sizes", found);
  yield* await machineOf(api);
}

/** What the server says of its machine; nothing where it runs on many, or tells its administrator alone. */
async function machineOf(api: Client.Api): Promise<readonly Finding[]> {
  try {
    return (await api("GET /api/local/doctor", {})).findings;
  } catch (error) {
    if (!(error instanceof Client.Refused) || !["missing", "forbidden"].includes(error.kind))
      throw error;
    return [];
  }
}

const whole = { required: true, means: "", remedy: "" } as const;
const fine = (name: string, found: string): Finding => ({ name, state: "ok", found, ...whole });
const missing = (name: string, found: string): Finding => ({
  name,
  state: "missing",
  found,
  ...whole,
});

function told(findings: readonly Finding[], { paper }: Asked, exit: number) {
  const ok = findings.every(({ state, required }) => state !== "missing" || !required);
  return { reply: { ok, findings }, text: findingsText(findings, paper), exit: ok ? 0 : exit };
}
