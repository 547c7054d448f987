import { spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { identityFrom, identityOf, identityText, fateOf, kill } from "./identity.ts";
import { replace, textOf } from "./file.ts";

/** A program that the agent runs for a task, in a process group of its own. */
export interface Tool {
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** The open file that takes what it prints. */
  readonly log: number;
  /** Where its identity is kept while it runs. */
  readonly note: string;
  readonly seconds: number;
  readonly signal: AbortSignal;
}
export interface Result {
  readonly ok: boolean;
  /** What it wrote to descriptor 3, at most a thousand characters. */
  readonly answer: string;
  /** Why it was ended, or could not be started. */
  readonly trouble?: string;
}

/** Runs a program to its end, or until the time is up or the signal comes; then all of its group is killed. */
export function runTool(tool: Tool): Promise<Result> {
  const [program = "", ...words] = tool.words;
  const child = spawn(program, words, {
    detached: true,
    cwd: "/",
    env: tool.environment,
    stdio: ["ignore", tool.log, tool.log, "pipe"],
  });
  noteDown(tool.note, child.pid);
  const ended = { answer: "", trouble: undefined as string | undefined };
  const end = (trouble: string) => {
    ended.trouble ??= trouble;
    if (child.pid !== undefined) kill(-child.pid, "SIGKILL");
  };
  const stop = () => end("It was stopped as asked.");
  const alarm = setTimeout(
    () => end(`It took longer than ${tool.seconds} seconds.`),
    tool.seconds * 1000,
  );
  tool.signal.addEventListener("abort", stop, { once: true });
  child.stdio[3]?.on("data", (piece: unknown) => {
    if (ended.answer.length < 1000) ended.answer += String(piece);
  });
  return new Promise<Result>((resolve) => {
    child.once("error", (error) => resolve({ ok: false, answer: "", trouble: error.message }));
    child.once("close", (code) =>
      resolve({
        ok: code === 0,
        answer: ended.answer,
        ...(ended.trouble !== undefined && { trouble: ended.trouble }),
      }),
    );
  }).finally(() => {
    clearTimeout(alarm);
    tool.signal.removeEventListener("abort", stop);
    rmSync(tool.note, { force: true });
  });
}

function noteDown(path: string, pid: number | undefined): void {
  const identity = pid === undefined ? undefined : identityOf(pid);
  if (identity) replace(path, identityText(identity));
}

/** Ends what a tool of an agent that was killed has left. */
export function endLeftover(note: string): void {
  const identity = identityFrom(textOf(note) ?? "");
  if (!identity) return;
  if (fateOf(identity) === "alive") kill(-identity.pid, "SIGKILL");
  rmSync(note, { force: true });
}
