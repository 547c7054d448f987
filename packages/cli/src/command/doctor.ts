import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import manifest from "../../package.json" with { type: "json" };
import { command, type Asked } from "../command.ts";
import { exitOf } from "../exit.ts";
import { Client } from "@cassini/core/client";
import { atMost } from "../line/words.ts";
import type { Paper } from "../print/paper.ts";

interface Finding {
  readonly ok: boolean;
  readonly what: string;
  readonly told: string;
}

export const doctor = command({
  summary: "Tell what works, what does not, and how to mend it",
  usage: ["doctor"],
  about:
    "Looks at this command, the server it finds, your token, the sizes that can start, and the programs that jobs use on this machine. Ends with 0 where all of it is well, else as the first failure would.",
  examples: [
    ["cassini doctor", "when something is not as it should be"],
    ["npm start -- --doctor", "what a server on this machine would have and lack"],
  ],
  async run(asked) {
    atMost(asked.words, 0, "doctor");
    const findings: Finding[] = [
      {
        ok: true,
        what: "command",
        told: `cassini ${manifest.version} on Node ${process.versions.node}`,
      },
    ];
    try {
      for await (const finding of examine(asked)) findings.push(finding);
      return {
        reply: { findings },
        text: shown(findings, asked.paper),
        exit: findings.every(({ ok }) => ok) ? 0 : exitOf.broken,
      };
    } catch (error) {
      if (!(error instanceof Client.Refused)) throw error;
      const what = error.kind === "unauthenticated" ? "token" : "server";
      findings.push({ ok: false, what, told: error.message });
      return { reply: { findings }, text: shown(findings, asked.paper), exit: exitOf[error.kind] };
    }
  },
});

async function* examine({ api, io, server }: Asked): AsyncGenerator<Finding> {
  const { url, source, isLocal } = server();
  yield { ok: true, what: "address", told: `${url} (from ${source})` };
  const before = io.now();
  const { version } = await api("GET /api/status", {});
  yield {
    ok: true,
    what: "server",
    told: `version ${version}, answers in ${io.now() - before} ms`,
  };
  const { username, admin } = await api("GET /api/user", {});
  yield {
    ok: true,
    what: "token",
    told: `signed in as ${username}${admin ? ", an administrator" : ""}`,
  };
  const sizes = Object.values((await api("GET /api/info/servers", {})).sizes);
  const usable = sizes.filter(({ disabled }) => !disabled).length;
  yield {
    ok: usable > 0,
    what: "sizes",
    told: `${usable} of ${sizes.length} can start here; \`cassini list sizes\` tells about each`,
  };
  if (isLocal) yield* programs.map((program) => programFinding(program, io.env["PATH"] ?? ""));
}

const programs = [
  { name: "bash", why: "every job runs in it" },
  { name: "python3", why: "the image local/admin/python:host is this program" },
  { name: "git", why: "jobs with repositories clone with it" },
] as const;

function programFinding({ name, why }: (typeof programs)[number], path: string): Finding {
  const found = path
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isProgram);
  return {
    ok: found !== undefined,
    what: name,
    told: found ?? `is not on the PATH, and ${why}. Install it.`,
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    // The next folder of the PATH may have it.
    return false;
  }
}

const shown = (findings: readonly Finding[], paper: Paper): string =>
  findings
    .map(
      ({ ok, what, told }) =>
        `${ok ? paper.tone("green", "✓") : paper.tone("red", "✗")} ${what.padEnd(8)} ${told}\n`,
    )
    .join("");
