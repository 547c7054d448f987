import { existsSync, mkdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import {
  attemptOf,
  EndedFile,
  exitOf,
  isAbsent,
  placeOf,
  type Place,
  read,
  StopFile,
  TaskFile,
  write,
} from "@cassini/agent";
import type { Launch } from "@cassini/core/launch";

/** Tasks as the driver sees them: what it writes for the agent, and what it reads of agent and shim. */
export interface Tasks {
  readonly directory: string;
  /** Keeps what is to be done; answers whether that is new. */
  add(name: string, task: (directory: string) => TaskFile): boolean;
  /** Asks for an end, unless an earlier one was asked for already; answers whether there is such a task. */
  stop(name: string, stop: StopFile): boolean;
  observe(name: string): Launch.Observation;
  list(): Promise<readonly Launch.TaskName[]>;
  /** How many tasks there are, those included whose end has not been told yet. */
  left(): Promise<number>;
}

/** The tasks below a directory. */
export function tasksIn(directory: string): Tasks {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const at = (name: string) => placeOf(directory, name);
  const since = Date.now();
  return {
    directory,
    add: (name, task) => {
      const place = at(name);
      mkdirSync(place.directory, { recursive: true, mode: 0o700 });
      if (existsSync(place.task)) return false;
      write(place.task, task(place.directory));
      return true;
    },
    stop: (name, stop) => {
      const place = at(name);
      if (!existsSync(place.task)) return false;
      const known = read(place.stop, StopFile);
      if (!known) writeUnlessGone(place.stop, stop);
      else if (deadlineOf(stop) < deadlineOf(known))
        writeUnlessGone(place.stop, { ...known, grace: graceSince(known, stop) });
      return true;
    },
    observe: (name) => observed(directory, name, since),
    list: async () => {
      const names = await readdir(directory);
      return names
        .filter((name) => observed(directory, name, since).state === "active")
        .flatMap((name) => attemptOf(name) ?? []);
    },
    left: async () =>
      (await readdir(directory)).filter(
        (name) => observed(directory, name, since).state !== "unknown",
      ).length,
  };
}

const deadlineOf = ({ at, grace }: StopFile): number => Date.parse(at) + grace * 1000;

/** The grace that ends, counted from the first asking, when the later asking wants it to. */
const graceSince = (known: StopFile, stop: StopFile): number =>
  Math.max(0, (deadlineOf(stop) - Date.parse(known.at)) / 1000);

/** A task may have been forgotten since it was looked for, which is what was wanted. */
function writeUnlessGone(path: string, stop: StopFile): void {
  try {
    write(path, stop);
  } catch (error) {
    if (!isAbsent(error)) throw error;
  }
}

/**
 * How long an end is left to the agent, in milliseconds, counted from when there was one and an agent for it: it tells
 * the end together with the last of the log, which nobody takes any more once the end is known.
 */
const agentPatience = 120_000;

/** That it is there is looked at last: a task that is forgotten meanwhile must not look like one that goes on. */
function observed(directory: string, name: string, since: number): Launch.Observation {
  const place = placeOf(directory, name);
  const ending = endingIn(place);
  if (!attemptOf(name) || !existsSync(place.task)) return { state: "unknown" };
  const isLate =
    ending !== undefined && Date.now() - Math.max(Date.parse(ending.at), since) > agentPatience;
  return isLate ? { state: "ended", ending } : { state: "active" };
}

function endingIn(place: Place): Launch.Ending | undefined {
  const ended = read(place.ended, EndedFile);
  if (ended) return { at: ended.at, exitCode: ended.exit_code, reason: ended.reason };
  const exit = exitOf(place);
  return exit && { at: exit.at, exitCode: exit.code };
}
