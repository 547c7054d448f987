import { appendFileSync, closeSync, openSync } from "node:fs";
import { Launch } from "@cassini/core/launch";
import { clone } from "./clone.ts";
import { makeHome } from "./home.ts";
import { logOf } from "./place.ts";
import type { Commit, PreparedFile, Step, TaskFile } from "./record.ts";

export interface Preparation {
  readonly task: TaskFile;
  /** Where the identity of a running tool is kept. */
  readonly note: string;
  readonly signal: AbortSignal;
  bundle(): Promise<Launch.Bundle>;
  /** Waits for a turn to clone, so that not too many do so at once. */
  turn<T>(work: () => Promise<T>): Promise<T>;
  /** Is told of every change, so that it can be reported while the next step goes on. */
  progress(steps: readonly Step[], commits: readonly Commit[]): void;
}

const now = (): string => new Date().toISOString();

/** Makes a task ready in a home that is not there yet: fetches the bundle, writes files, clones. May be repeated from the start. */
export async function prepare(of: Preparation): Promise<PreparedFile> {
  const environment = { name: "environment" as const, started_at: now() };
  const original = await of.bundle();
  let bundle: Launch.Bundle;
  try {
    bundle = original.home === of.task.home ? original : Launch.movedHome(original, of.task.home);
    makeHome(of.task, bundle);
  } catch (error) {
    const line = `The files of the task could not be written: ${error instanceof Error ? error.message : String(error)}`;
    return {
      steps: [{ ...environment, state: "failed", ended_at: now() }],
      commits: [],
      failed: { reason: "task.prepare_failed", lines: [line] },
    };
  }
  const done: Step = { ...environment, state: "succeeded", ended_at: now() };
  if (bundle.repositories.length === 0) return { steps: [done], commits: [] };
  const wanted = bundle.repositories.map((repository, index) => ({
    repository,
    shown: original.repositories[index]?.path ?? repository.path,
  }));
  return of.turn(() => cloneAll(of, done, wanted));
}

interface Wanted {
  readonly repository: Launch.Repository;
  /** The path as the job names it. */
  readonly shown: string;
}

async function cloneAll(
  of: Preparation,
  before: Step,
  wanted: readonly Wanted[],
): Promise<PreparedFile> {
  const step = { name: "repositories" as const, started_at: now() };
  const path = logOf(of.task.folder, "repositories");
  const log = openSync(path, "a", 0o644);
  const commits: Commit[] = [];
  of.progress([before, { ...step, state: "running" }], commits);
  try {
    for (const { repository, shown } of wanted) {
      const cloned = await clone(repository, shown, { ...of, log });
      if ("trouble" in cloned) {
        appendFileSync(log, `${cloned.trouble}\n`);
        return {
          steps: [before, { ...step, state: "failed", ended_at: now() }],
          commits,
          failed: { lines: [] },
        };
      }
      if (cloned.commit) commits.push(cloned.commit);
    }
    return { steps: [before, { ...step, state: "succeeded", ended_at: now() }], commits };
  } finally {
    closeSync(log);
  }
}
