import { array, assert, asyncProperty, constantFrom } from "fast-check";
import { describe, expect, it } from "vitest";
import { Job } from "../job/index.ts";
import { Task } from "../task/index.ts";
import { deliver, memoryWorld, react, system, type MemoryWorld } from "../testing/index.ts";
import { Run } from "./index.ts";

const at = "2026-01-01T00:00:01.000Z";

/** What may happen to a handful of runs, in any order and any number. */
const moves = [
  "start",
  "stop",
  "deliver",
  "deliver-twice",
  "deliver-backwards",
  "lose-events",
  "forget-executions",
  "end-task",
  "report",
  "sweep",
  "pass-time",
] as const;
type Move = (typeof moves)[number];

interface Scene {
  readonly world: MemoryWorld;
  readonly job: Job.Info;
  readonly runs: string[];
}

const play: Record<Move, (scene: Scene) => Promise<void>> = {
  start: async ({ world, job, runs }) => {
    if (runs.length < 4) runs.push((await Job.start(world.as(world.ada), { id: job.id })).run.id);
  },
  stop: async ({ world, runs }) => {
    const [id] = runs.slice(-1);
    if (id) await Run.stop(world.as(world.ada), { id });
  },
  deliver: ({ world }) => deliver(world),
  "deliver-twice": async ({ world }) => {
    const events = world.outbox.take();
    for (const event of [...events, ...events]) await react(world, event);
    await world.workflows.quiet();
  },
  "deliver-backwards": async ({ world }) => {
    for (const event of world.outbox.take().toReversed()) await react(world, event);
    await world.workflows.quiet();
  },
  "lose-events": async ({ world }) => {
    world.outbox.take();
  },
  "forget-executions": async ({ world }) => world.workflows.forget(),
  "end-task": async ({ world }) => {
    for (const { task } of world.compute.tasks()) world.compute.finish(task, { at, exitCode: 0 });
  },
  report: reportEnds,
  sweep: async ({ world }) => {
    await Run.sweep(world);
    await world.workflows.quiet();
  },
  "pass-time": async ({ world }) => {
    await world.clock.wait(61);
  },
};

/** The agents of tasks that have ended say so, if anybody still listens. */
async function reportEnds({ world }: Scene): Promise<void> {
  for (const { task, ending } of world.compute.tasks()) {
    if (!ending) continue;
    const report = {
      steps: [{ name: "command", state: "succeeded", started_at: at }],
      ended: { at: ending.at, exit_code: 0 },
    };
    await Task.report
      .from(world.as(system), { run: task.run, attempt: task.attempt, ticket: task.ticket, report })
      .catch((error: unknown) => {
        if (!Task.TaskOver.is(error)) throw error;
      });
  }
  await world.workflows.quiet();
}

/** What an undisturbed platform does in the five minutes after: no event is needed for it. */
async function calmDown(scene: Scene): Promise<void> {
  for (let minute = 0; minute < 5; minute += 1) {
    scene.world.outbox.take();
    await play["pass-time"](scene);
    await play.sweep(scene);
    await play["end-task"](scene);
  }
}

async function lived(history: readonly Move[]): Promise<Scene> {
  const world = await memoryWorld();
  const wanted = {
    ...Job.Spec.parse({ name: "nightly", instance_type: "small", command: "true" }),
    image: "acme/ada/python:host",
  };
  const { job } = await Job.create(world.as(world.ada), wanted);
  const scene = { world, job, runs: [] };
  for (const move of ["start" as const, ...history]) await play[move](scene);
  await calmDown(scene);
  return scene;
}

describe("any history of starts, stops, lost, doubled and late events, and dead interpreters", () => {
  it(
    "leaves no run without an end, no task without a run, and no task started for two",
    { timeout: 120_000 },
    async () => {
      await assert(
        asyncProperty(array(constantFrom(...moves), { maxLength: 30 }), async (history) => {
          const { world, runs } = await lived(history);
          const states = await Promise.all(
            runs.map(
              async (id) => (await Run.get(world.as(world.ada), { id, wait_seconds: 0 })).run,
            ),
          );
          expect(states.map(({ state }) => Run.runMachine.isFinal(state))).toEqual(
            runs.map(() => true),
          );
          expect(await world.compute.list()).toEqual([]);
          expect(world.compute.tasks().length).toBeLessThanOrEqual(runs.length);
        }),
        { numRuns: 1000 },
      );
    },
  );
});
