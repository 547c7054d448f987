import { failure } from "@cassini/core/kit";
import { spawn, type ChildProcess } from "node:child_process";
import { rmSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Log } from "../log.ts";
import { engineProgram } from "./engine-program.ts";
import { endOrphan, keepRecord } from "./engine-record.ts";
import { freePort } from "./free-port.ts";

/** The database of one machine, which is started again whenever it dies. */
export interface Database {
  /** Where it answers, the same as long as it is not stopped. */
  readonly endpoint: string;
  /** How often it has been started again. */
  readonly restarts: number;
  /** Ends it: every answered write is on the disk. */
  stop(): Promise<void>;
}

const EngineBroken = failure<{ why: string }>(
  "broken",
  "database.broken",
  ({ why }) =>
    `The database engine does not start: ${why}. Name another one with DYNOXIDE_BIN, or an endpoint with DYNAMODB_ENDPOINT.`,
);

interface Wanted {
  readonly home: string;
  readonly log: Log;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Starts the embedded engine on `<home>/table.db`, in place of one that a killed server left behind.
 * The home's lock must be held: the engine itself takes none. Where `DYNAMODB_ENDPOINT` names another engine, nothing is started.
 */
export async function startDynoxide({ home, log, env = process.env }: Wanted): Promise<Database> {
  const elsewhere = env["DYNAMODB_ENDPOINT"];
  if (elsewhere) return { endpoint: elsewhere, restarts: 0, stop: async () => undefined };
  const command = {
    home,
    log,
    program: engineProgram(env),
    file: join(home, "table.db"),
    port: await freePort(),
  };
  await endOrphan(home, command.file);
  const first = launch(command);
  await ready(first, command.port);
  return supervised(command, first);
}

interface Command {
  readonly home: string;
  readonly log: Log;
  readonly program: string;
  readonly file: string;
  readonly port: number;
}

interface Running {
  readonly child: ChildProcess;
  /** Its last words, once it has ended. */
  readonly ended: Promise<string>;
}

/** Leads a session of its own, so that a Ctrl-C in the terminal reaches the server alone, which stops the engine last. */
function launch({ home, log, program, file, port }: Command): Running {
  const record = { program, file, port, since: new Date().toISOString() };
  keepRecord(home, record);
  const args = ["serve", "--host", "127.0.0.1", "--port", `${port}`, "--db-path", file];
  const child = spawn(program, args, { stdio: ["ignore", "ignore", "pipe"], detached: true });
  if (child.pid !== undefined) keepRecord(home, record, child.pid);
  let words = "";
  createInterface(child.stderr).on("line", (line) => {
    words = line || words;
    log.info("database.said", { line });
  });
  const ended = new Promise<string>((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) =>
      resolve(words && code ? words : `it ended with ${signal ?? code}`),
    );
  });
  return { child, ended };
}

/** How long a start may take, in milliseconds; it takes ten to thirty. */
const patience = 10_000;

async function ready({ child, ended }: Running, port: number): Promise<void> {
  let why: string | undefined;
  void ended.then((words) => (why = words));
  for (
    const end = performance.now() + patience;
    why === undefined && performance.now() < end;
    await sleep(2)
  ) {
    if (await answers(port)) return;
  }
  child.kill("SIGKILL");
  throw EngineBroken({ why: why ?? `it does not answer after ${patience / 1000} seconds` });
}

const answers = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false)).once("connect", () => socket.destroy());
  });

const graceMilliseconds = 3_000;
/** An engine that lived that long, in milliseconds, is started again at once; one that dies sooner after growing pauses. */
const sound = 250;
const longestPause = 2_000;

function supervised(command: Command, first: Running): Database {
  const { home, log, port } = command;
  const stopping = new AbortController();
  let running = first;
  let restarts = 0;
  const watch = async (): Promise<void> => {
    for (let pause = 0; ; pause = Math.min(2 * pause + 50, longestPause)) {
      const since = performance.now();
      const why = await running.ended;
      if (stopping.signal.aborted) return;
      if (performance.now() - since > sound) pause = 0;
      restarts += 1;
      log.warn("database.restarted", { why, restarts, pause });
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      running = launch(command);
    }
  };
  const watched = watch();
  return {
    endpoint: `http://127.0.0.1:${port}`,
    get restarts() {
      return restarts;
    },
    stop: async () => {
      stopping.abort();
      await over(running);
      await watched;
      rmSync(join(home, "dynoxide.json"), { force: true });
    },
  };
}

async function over({ child, ended }: Running): Promise<void> {
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), graceMilliseconds);
  await ended;
  clearTimeout(late);
}
