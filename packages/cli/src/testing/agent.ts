import { Run } from "@cassini/core/run";
import { Task } from "@cassini/core/task";
import { system, type MemoryWorld } from "@cassini/core/testing";

type StepName = Task.Chunk["step"];
type Steps = Task.Report["steps"];

/** The agent of a run, played by a test. */
export interface Agent {
  /** Begins a step; the one before it has ended well. */
  begin(step: StepName): Promise<void>;
  /** Writes to the step that is going on. */
  write(text: string | Uint8Array<ArrayBuffer>): Promise<void>;
  /** Ends the step that is going on and the task with it. */
  end(exitCode: number, lines?: readonly string[]): Promise<void>;
}

/** The agent of the newest task that compute was asked to start. */
export async function newestAgent(world: MemoryWorld): Promise<Agent> {
  await world.deliver();
  const task = world.compute.tasks().at(-1)?.task;
  if (!task) throw new Error("Compute was asked for nothing.");
  const name = { run: task.run, attempt: task.attempt };
  const ticketed = { ...name, ticket: await Run.ticketOf(world, name) };
  let steps: Steps = [];
  let bytes = 0;
  const now = () => new Date(world.clock.now()).toISOString();
  const closed = (state: "succeeded" | "failed"): Steps =>
    steps.map((step, at) =>
      at === steps.length - 1 ? { ...step, state, ended_at: now(), bytes } : step,
    );
  const tell = (report: object) =>
    Task.report.from(world.as(system), { ...ticketed, report: { steps, ...report } });
  return {
    async begin(step) {
      steps = [...closed("succeeded"), { name: step, state: "running", started_at: now() }];
      bytes = 0;
      await tell({});
    },
    async write(text) {
      const chunk = typeof text === "string" ? new TextEncoder().encode(text) : text;
      const step = steps.at(-1)?.name ?? "environment";
      await Task.chunk(world.as(system), { ...ticketed, step, offset: bytes, bytes: chunk });
      bytes += chunk.length;
    },
    async end(exit_code, lines = []) {
      steps = closed(exit_code === 0 ? "succeeded" : "failed");
      await tell({ lines, ended: { at: now(), exit_code } });
      await world.deliver();
    },
  };
}

/** Lets time go on in steps, between which everybody who waits has a turn. */
async function pass(world: MemoryWorld, seconds: number): Promise<void> {
  for (let at = 0; at < seconds * 10; at += 1) {
    await world.clock.wait(0.1);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** Lets a world's time go on until something is so. */
export async function until(world: MemoryWorld, isSo: () => boolean): Promise<void> {
  while (!isSo()) await pass(world, 0.1);
}

/** Lets a world's time go on until something is over. */
export async function meanwhile<T>(world: MemoryWorld, promise: Promise<T>): Promise<T> {
  let isOver = false;
  const over = promise.finally(() => (isOver = true));
  while (!isOver) await pass(world, 1);
  return over;
}
