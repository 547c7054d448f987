import { describe, expect, it } from "vitest";
import { Job } from "../job/index.ts";
import { Task } from "../task/index.ts";
import { deliver, memoryWorld, mortal, system, type CrashPoint, type MemoryWorld } from "../testing/index.ts";
import { Run } from "./index.ts";

const at = "2026-01-01T00:00:01.000Z";

/** A world with one job, and the run that a client was told of, if she was. */
async function scene() {
  const whole = await memoryWorld();
  const { job } = await Job.create(whole.as(whole.ada), {
    ...Job.Spec.parse({ name: "nightly", instance_type: "small", command: "true" }),
    image: "acme/ada/python:host",
  });
  return { whole, job };
}

/** The machine's part: every task fetches its bundle, runs, and its agent reports until it is heard. */
async function play(world: MemoryWorld): Promise<void> {
  for (const { task } of world.compute.tasks()) {
    world.compute.finish(task, { at, exitCode: 0 });
    const ended = { steps: [{ name: "command", state: "succeeded", started_at: at }], ended: { at, exit_code: 0 } };
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

async function pointsOf(): Promise<CrashPoint[]> {
  const { whole, job } = await scene();
  const { world, count } = mortal(whole);
  await live(world, job);
  return Array.from({ length: count() }, (_, act) => [{ act, side: "before" as const }, { act, side: "after" as const }]).flat();
}

describe("a process that dies between any two of its outward acts", async () => {
  const points = await pointsOf();

  it("has more than a few of them", () => {
    expect(points.length).toBeGreaterThan(12);
  });

  it.each(points)("loses, doubles and leaves nothing when it dies $side act $act", async (point) => {
    const { whole, job } = await scene();
    const { world, alive } = mortal(whole, point);
    await live(world, job).catch(() => undefined);
    expect(alive()).toBe(false);

    await comeBack(whole);

    const { items } = await Run.list(whole.as(whole.ada), { job_id: job.id, page_size: 10, descending: false });
    expect(items.map((run) => run.state)).toEqual(items.map(() => "completed"));
    expect(whole.compute.tasks()).toHaveLength(items.length);
    expect(await whole.compute.list()).toEqual([]);
  });
});

describe("the sweeper alone", () => {
  it("brings a run to its end within five minutes when every event is lost", async () => {
    const { whole, job } = await scene();
    const { run } = await Job.start(whole.as(whole.ada), { id: job.id });
    whole.outbox.take();

    for (let minute = 0; minute < 5; minute += 1) {
      whole.clock.wait(60);
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
    const [known] = whole.compute.tasks();
    const stray = { ...known!.task, run: "f".repeat(32) };
    await whole.compute.start(stray);

    await Run.sweep(whole, 0);

    expect(whole.compute.tasks().map(({ task, stops }) => [task.run === stray.run, stops])).toEqual([[false, 0], [true, 1]]);
  });
});
