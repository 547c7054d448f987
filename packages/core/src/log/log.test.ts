import { beforeEach, describe, expect, it } from "vitest";
import { Job } from "../job/index.ts";
import { Run } from "../run/index.ts";
import { Task } from "../task/index.ts";
import { memoryWorld, system, type MemoryWorld } from "../testing/index.ts";
import { Log } from "./index.ts";

let world: MemoryWorld;
let job: Job.Info;

beforeEach(async () => {
  world = await memoryWorld();
  const spec = Job.Spec.parse({ name: "nightly", instance_type: "small", command: "echo hi" });
  ({ job } = await Job.create(world.as(world.ada), { ...spec, image: "acme/ada/python:host" }));
});

const start = async () => (await Job.start(world.as(world.ada), { id: job.id })).run;
const at = "2026-01-01T00:00:01.000Z";

const ticketed = async ({ id: run }: Run.Info) => {
  const name = { run, attempt: 1 };
  return { ...name, ticket: await Run.ticketOf(world, name) };
};
const report = async (run: Run.Info, said: object) =>
  Task.report.from(world.as(system), {
    ...(await ticketed(run)),
    report: { steps: [], ...said },
  });

describe("a run's log", () => {
  it("is read in order of its steps, from a cursor on, without gap or double", async () => {
    const run = await start();
    await world.deliver();
    const keep = async (step: string, offset: number, text: string) =>
      Task.chunk.from(world.as(system), {
        ...(await ticketed(run)),
        step,
        offset,
        bytes: new TextEncoder().encode(text),
      });
    await keep("start-script", 0, "one\n");
    await report(run, { steps: [{ name: "start-script", state: "running", started_at: at }] });
    const first = await Log.read(world.as(world.ada), { id: run.id, wait_seconds: 0 });
    await keep("start-script", 0, "one\ntwo\n");
    await keep("command", 0, "thr\u00e9e\n");
    await report(run, {
      steps: [{ name: "start-script", state: "succeeded", started_at: at, ended_at: at, bytes: 8 }],
      ended: { at, exit_code: 0 },
    });
    await world.deliver();
    const rest = await Log.read(world.as(world.ada), {
      id: run.id,
      cursor: first.cursor,
      wait_seconds: 0,
    });
    expect(first).toMatchObject({
      entries: [{ step: "start-script", text: "one\n" }],
      ended: false,
    });
    expect(rest).toMatchObject({
      entries: [
        { step: "start-script", text: "two\n" },
        { step: "command", text: "thr\u00e9e\n" },
      ],
      ended: true,
    });
  });

  it("comes to an end even when a piece of it was lost with its machine", async () => {
    const run = await start();
    await world.deliver();
    const steps = [{ name: "command", state: "failed", started_at: at, ended_at: at, bytes: 100 }];
    await report(run, { steps, ended: { at, reason: "host.restarted" } });
    await world.deliver();
    const page = await Log.read(world.as(world.ada), { id: run.id, wait_seconds: 5 });
    expect(page).toMatchObject({ entries: [], ended: true });
  });

  it("refuses a cursor that was tampered with", async () => {
    const run = await start();
    const { cursor } = await Log.read(world.as(world.ada), { id: run.id, wait_seconds: 0 });
    await expect(
      Log.read(world.as(world.ada), { id: run.id, cursor: `x${cursor}`, wait_seconds: 0 }),
    ).rejects.toMatchObject({ code: "log.cursor_invalid" });
  });
});
