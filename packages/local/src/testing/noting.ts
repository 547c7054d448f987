import { randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Launch } from "@cassini/core/launch";
import { expect } from "vitest";
import { textOf, type Seen } from "./task-rules.ts";
import { newTask, planOf, taskHost, type Started, type TaskHost } from "./tasks.ts";

/** Looks without a pause until it is so, since what is waited for may pass within a millisecond. */
export async function soon(is: () => boolean): Promise<void> {
  for (const limit = performance.now() + 20_000; !is(); await turn()) {
    if (performance.now() > limit) throw new Error("It did not come so far.");
  }
}

/** A task that leaves a note each time it is run. */
export interface Noting extends Started {
  readonly note: string;
}

/** A host whose tasks leave notes in a folder that each of them may write to. */
export interface NotingHost extends TaskHost {
  /** A task that notes that it ran, takes a moment, and ends with 3; not started yet. */
  noting(job?: Partial<Launch.Plan>, seconds?: number): Noting;
}

export async function notingHost(): Promise<NotingHost> {
  const notes = mkdtempSync(join(tmpdir(), "cassini-notes-"));
  chmodSync(notes, 0o777);
  const host = await taskHost();
  const { close } = host;
  return Object.assign(host, {
    noting: (job: Partial<Launch.Plan> = {}, seconds = 0.3): Noting => {
      const note = join(notes, randomUUID());
      const command = `echo ran >>${note}; echo one; sleep ${seconds}; echo two; exit 3`;
      return { ...newTask(host, planOf({ command, ...job })), note };
    },
    close: async () => {
      await close();
      rmSync(notes, { recursive: true });
    },
  });
}

/** Such a task ran once, and all of it was told. */
export async function expectWhole(started: Noting): Promise<Seen> {
  const seen = await started.end();
  expect(seen.ended).toMatchObject({ exit_code: 3 });
  expect(readFileSync(started.note, "utf8")).toBe("ran\n");
  expect(textOf(seen)).toBe("one\ntwo\n");
  const steps = seen.reports.at(-1)?.steps.map(({ name, state }) => [name, state]);
  expect(steps).toContainEqual(["command", "failed"]);
  return seen;
}
