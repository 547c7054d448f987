import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { isLoopback } from "./engine/host.ts";
import { OptionUnknown } from "./trouble.ts";

/** What the server was told. */
export interface Options {
  readonly port: number;
  readonly host: string;
  readonly home: string;
  /** Whether tasks end with the server. */
  readonly stopTasks: boolean;
  readonly allowFileRepositories: boolean;
}

export type Wish =
  | "help"
  | "version"
  | { readonly do: "serve" | "doctor"; readonly options: Options };

const declared = {
  port: { type: "string", default: "8080" },
  host: { type: "string", default: "127.0.0.1" },
  home: { type: "string", default: ".cassini" },
  driver: { type: "string", default: "process" },
  "stop-tasks": { type: "boolean", default: false },
  "allow-file-repositories": { type: "string" },
  doctor: { type: "boolean", default: false },
  version: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Reads the command line; fails with `server.option_unknown`, which says what does not fit. */
export function wishOf(args: readonly string[]): Wish {
  const values = parsed(args);
  if (values.help) return "help";
  if (values.version) return "version";
  return { do: values.doctor ? "doctor" : "serve", options: optionsOf(values) };
}

type Values = ReturnType<typeof parsed>;

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: declared, strict: true }).values;
  } catch (error) {
    const [why = ""] = error instanceof Error ? error.message.split(". ") : [];
    throw OptionUnknown({ why: `${why}.` }, error);
  }
}

function optionsOf(values: Values): Options {
  if (values.driver !== "process")
    throw OptionUnknown({
      why: `There is no driver ${values.driver} here; process is the one there is.`,
    });
  return {
    port: portOf(values.port),
    host: values.host,
    home: resolve(values.home),
    stopTasks: values["stop-tasks"],
    allowFileRepositories: choiceOf(values["allow-file-repositories"], isLoopback(values.host)),
  };
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (!(port <= 65_535))
    throw OptionUnknown({
      why: `A port is a number up to 65535, and ${JSON.stringify(text)} is none.`,
    });
  return port;
}

function choiceOf(text: string | undefined, otherwise: boolean): boolean {
  if (text === undefined) return otherwise;
  if (text === "yes" || text === "no") return text === "yes";
  throw OptionUnknown({ why: "File repositories are allowed with yes or no." });
}

/** What `--help` says. */
export const help = `The Cassini server on one machine: jobs, runs and their logs, at one port.

  npm start                                start on http://127.0.0.1:8080, state in ./.cassini
  npm start -- --port 9000                 on another port
  npm start -- --home ~/cassini            state elsewhere; a home has one server at a time
  npm start -- --stop-tasks                end running jobs when the server ends
  npm start -- --doctor                    say what this machine has and lacks for jobs, and how to get it

When the server is ready it prints one line, with a link that signs your browser in once:

  ready http://127.0.0.1:8080/signin?code=…

Scripts sign in with the administrator's token, which lies in <home>/admin.token:

  curl -H "Authorization: Bearer $(cat .cassini/admin.token)" http://127.0.0.1:8080/api/runs

Ctrl-C ends the server in order and leaves running jobs alone: the next server takes them over. Twice ends it at once.

  --port N                        8080; 0 takes any that is free
  --home DIR                      .cassini
  --host ADDRESS                  127.0.0.1; any other opens the server to the network, without encryption
  --driver process                how jobs run: as processes of this machine
  --stop-tasks                    end running jobs with the server, reason "host stopped"
  --allow-file-repositories X     yes or no: whether jobs may clone file:// from this machine's disk;
                                  yes on loopback, where who uses the server also runs it, else no
  --doctor, --version, --help

Files in the home: admin.token, secret.key (keep a copy), server.log (a JSON line for each request), dead-letters.jsonl,
the database, objects (plans and logs), tasks. Another DynamoDB: DYNAMODB_ENDPOINT. The engine's program: DYNOXIDE_BIN.

Exit codes: 0 ended in order, 1 broken, 2 wrong option, 3 not allowed, 5 port or home is taken.
`;
