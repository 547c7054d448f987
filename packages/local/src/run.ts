import { setTimeout as sleep } from "node:timers/promises";
import { isFailure } from "@cassini/core/kit";
import { help, wishOf, type Options, type Wish } from "./options.ts";
import type { Server } from "./serve.ts";
import { exitCodes } from "./trouble.ts";
import { versionHere } from "./version.ts";

/** Does what the command line says, and ends the process with the code that tells how it went. */
export async function run(args: readonly string[]): Promise<void> {
  try {
    await carryOut(wishOf(args));
  } catch (error) {
    process.stderr.write(`${isFailure(error) ? error.message : inspected(error)}\n`);
    process.exit(isFailure(error) ? exitCodes[error.kind] : 1);
  }
}

async function carryOut(wish: Wish): Promise<void> {
  if (wish === "help") process.stdout.write(help);
  else if (wish === "version") process.stdout.write(`${versionHere()}\n`);
  else if (wish.do === "doctor") process.exitCode = await diagnose(wish.options);
  else await untilStopped(wish.options);
}

async function diagnose({ home }: Options): Promise<number> {
  const [{ examine }, { textOf }, { examineTasks }] = await Promise.all([
    import("./doctor/doctor.ts"),
    import("./doctor/finding.ts"),
    import("./process/examine.ts"),
  ]);
  const report = await examine(home, () => examineTasks(home));
  process.stdout.write(`${textOf(report)}\n`);
  return report.ok ? 0 : 1;
}

async function untilStopped(options: Options): Promise<void> {
  const asked = stopAsked();
  const { serve } = await import("./serve.ts");
  const server = await serve(options);
  const broken = watchForBugs(server, asked.ask);
  process.stdout.write(`ready ${server.link}\n`);
  const why = await asked.once;
  server.log.info("server.stopping", { why });
  const impatient = Promise.race([asked.again, sleep(longestStop, undefined, { ref: false })]);
  await Promise.race([server.stop(), impatient.then(() => server.halt())]);
  process.exit(broken() ? 1 : 0);
}

/** How long a stop in order may take, in milliseconds; what it has not done by then the next server does. */
const longestStop = 45_000;

/** The last is a terminal that was closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A terminal and the programs between it and this one each pass an interrupt on; within this many milliseconds it is the same one. */
const echo = 1000;

/** Hears the signals that ask a server to end, and whether they are repeated. */
function stopAsked() {
  const once = Promise.withResolvers<string>();
  const again = Promise.withResolvers<void>();
  let first: number | undefined;
  const ask = (why: string) => {
    first ??= performance.now();
    once.resolve(why);
    if (performance.now() - first > echo) again.resolve();
  };
  for (const signal of signals) process.on(signal, ask);
  return { ask, once: once.promise, again: again.promise };
}

/** A bug that nobody caught is told, and ends the server in order: what it did stands in its records. */
function watchForBugs({ log }: Server, ask: (why: string) => void): () => boolean {
  let broken = false;
  const caught = (error: unknown) => {
    log.error("server.bug", { error });
    if (!broken) ask("a bug");
    broken = true;
  };
  process.on("uncaughtException", caught);
  process.on("unhandledRejection", caught);
  return () => broken;
}

const inspected = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
