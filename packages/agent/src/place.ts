import { join } from "node:path";

/** The directory of one task, and the files in it by which driver, agent and shim tell each other what is so. */
export interface Place {
  readonly name: string;
  readonly directory: string;
  /** What is to be done; written by the driver, in one step. */
  readonly task: string;
  /** That it is to end; written by the driver, in one step. */
  readonly stop: string;
  /** Who makes the task ready at the moment, so that the next agent can end what a killed one left. */
  readonly preparing: string;
  /** That the task is ready, and what came of the agent's own steps; written once. */
  readonly prepared: string;
  /** Who watches over the command; linked into place by the first shim, so there is never a second. */
  readonly started: string;
  /** How the command ended; moved into place by the shim. */
  readonly exit: string;
  /** How the attempt ended, in the agent's words; written once. */
  readonly ended: string;
  /** How far the logs have been shipped; a hint that may be old or missing. */
  readonly shipped: string;
  /** What the shim itself has to say. */
  readonly shimLog: string;
}

/** The name of an attempt's directory. */
export const nameOf = ({
  run,
  attempt,
}: {
  readonly run: string;
  readonly attempt: number;
}): string => `${run}-${attempt}`;

const named = /^([0-9a-f]{32})-([1-9]\d{0,8})$/;

/** The attempt that a directory is named after, if it is one. */
export function attemptOf(
  name: string,
): { readonly run: string; readonly attempt: number } | undefined {
  const [, run, attempt] = named.exec(name) ?? [];
  return run === undefined ? undefined : { run, attempt: Number(attempt) };
}

/** Where an attempt's files are. */
export function placeOf(tasks: string, name: string): Place {
  const directory = join(tasks, name);
  const file = (of: string): string => join(directory, of);
  return {
    name,
    directory,
    task: file("task.json"),
    stop: file("stop.json"),
    preparing: file("preparing"),
    prepared: file("prepared.json"),
    started: file("started"),
    exit: file("exit"),
    ended: file("ended.json"),
    shipped: file("shipped.json"),
    shimLog: file("shim.log"),
  };
}

/** The agent's folder in a task's home, and what lies in it. */
export const folderOf = (home: string): string => join(home, ".cassini");
export const marksOf = (home: string): string => join(folderOf(home), "marks");
export const logOf = (home: string, step: string): string => join(folderOf(home), "log", step);
