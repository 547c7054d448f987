import { describe, expect, it } from "vitest";
import { Job } from "../job/index.ts";
import { Task } from "../task/index.ts";
import {
  deliver,
  memoryWorld,
  mortal,
  system,
  type CrashPoint,
  type MemoryWorld,
} from "../testing/index.ts";
import { Run } from "./index.ts";

const at = "2026-01-01T00:00:01.000Z";

/** A world with one job that dies at a point of the course that follows. */
async function scene(point?: CrashPoint) {
  const fate = mortal(point);
  const whole = await memoryWorld({ guard: fate.guard });
  const { job } = await Job.create(whole.as(whole.ada), {
    ...Job.Spec.parse({ name: "nightly", instance_type: "small", command: "true" }),
    image: "acme/ada/python:host",
  });
  return { whole, job, fate };
}

/** The machine's part: every task fetches its bundle, runs, and its agent reports until it is heard. */
async function play(world: MemoryWorld): Promise<void> {
  for (const { task } of world.compute.tasks()) {
    world.compute.finish(task, { at, exitCode: 0 });
    const ended = {
      steps: [{ name: "command", state: "succeeded", started_at: at }],
      ended: { at, exit_code: 0 },
    };
    const ticket = task.ticket;
    await Task.report
      .from(world.as(system), { run: task.run, attempt: task.attempt, ticket, report: ended })
      .catch((error: unknown) => {
        if (!Task.TaskOver.is(error)) throw error;
      });
  }
}

/** Everything that happens from start to end, in a process that may die on the way. */
async function live(world: MemoryWorld, job: Job.Info): Promise<string> {
  const { run } = await Job.start(world.as(world.ada), { id: job.id });
  await deliver(world);
  await play(world);
  await deliver(world);
  return run.id;
}

/** A new process on what the old one left: executions forgotten, events that were not acknowledged delivered again. */
async function comeBack(whole: MemoryWorld): Promise<void> {
  whole.workflows.forget();
  whole.outbox.again();
  await deliver(whole);
  await Run.sweep(whole, 0);
  await deliver(whole);
  await play(whole);
  await deliver(whole);
  await Run.sweep(whole, 0);
  await deliver(whole);
}

/** Every point at which the whole course can be cut, from the job's start on. */
async function pointsOf(): Promise<CrashPoint[]> {
  const { whole, job, fate } = await scene();
  const first = fate.count();
  await live(whole, job);
  const acts = Array.from({ length: fate.count() - first }, (_, act) => first + act);
  return acts.flatMap((act) => [
    { act, side: "before" as const },
    { act, side: "after" as const },
  ]);
}

describe("a process that dies between any two of its outward acts", async () => {
  const points = await pointsOf();

  it("has more than a few of them", () => {
    expect(points.length).toBeGreaterThan(12);
  });

  it.each(points)(
    "loses, doubles and leaves nothing when it dies $side act $act",
    async (point) => {
      const { whole, job, fate } = await scene(point);
      await live(whole, job).catch(() => undefined);
      await whole.workflows.quiet();
      expect(fate.alive()).toBe(false);

      fate.revive();
      await comeBack(whole);

      const { items } = await Run.list(whole.as(whole.ada), {
        job_id: job.id,
        page_size: 10,
        descending: false,
      });
      expect(items.map((run) => run.state)).toEqual(items.map(() => "completed"));
      expect(whole.compute.tasks()).toHaveLength(items.length);
      expect(await whole.compute.list()).toEqual([]);
    },
  );
});

describe("the sweeper alone", () => {
  it("brings a run to its end within five minutes when every event is lost", async () => {
    const { whole, job } = await scene();
    const { run } = await Job.start(whole.as(whole.ada), { id: job.id });
    whole.outbox.take();

    for (let minute = 0; minute < 5; minute += 1) {
      await whole.clock.wait(60);
      await Run.sweep(whole);
      await whole.workflows.quiet();
      whole.outbox.take();
      for (const { task } of whole.compute.tasks()) whole.compute.finish(task, { at, exitCode: 0 });
    }

    const { run: ended } = await Run.get(whole.as(whole.ada), { id: run.id, wait_seconds: 0 });
    expect(ended).toMatchObject({ state: "completed", exit_code: 0 });
  });

  it("stops a task that no run knows of, and no other", async () => {
    const { whole, job } = await scene();
    await Job.start(whole.as(whole.ada), { id: job.id });
    await deliver(whole);
    const stray = "f".repeat(32);
    for (const { task } of whole.compute.tasks())
      await whole.compute.start({ ...task, run: stray });

    await Run.sweep(whole, 0);

    expect(whole.compute.tasks().map(({ task, stops }) => [task.run === stray, stops])).toEqual([
      [false, 0],
      [true, 1],
    ]);
  });
});
