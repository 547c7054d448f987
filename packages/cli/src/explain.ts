import { Client } from "@cassini/core/client";
import { exitOf, interruptedExit } from "./exit.ts";
import type { Io } from "./io.ts";

/** Says why nothing came of it, on the standard error, and returns what the process is to end with. */
export async function explain(
  error: unknown,
  io: Pick<Io, "stderr" | "interrupted" | "env">,
  { isJson }: { isJson: boolean },
): Promise<number> {
  if (io.interrupted.aborted) return interruptedExit;
  if (error instanceof Client.Refused) {
    const { message, code, status } = error;
    await io.stderr.write(`${isJson ? JSON.stringify({ message, code, status }) : message}\n`);
    return exitOf[error.kind];
  }
  const said = error instanceof Error ? error : new Error(String(error));
  const detail = io.env["CASSINI_DEBUG"]
    ? said.stack
    : `${said.message} (CASSINI_DEBUG=1 shows where.)`;
  await io.stderr.write(`This command itself is broken: ${detail}\n`);
  return exitOf.broken;
}
