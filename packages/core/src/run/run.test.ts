import { beforeEach, describe, expect, it } from "vitest";
import { Job } from "../job/index.ts";
import { Task } from "../task/index.ts";
import { Token } from "../token/index.ts";
import { memoryWorld, system, type MemoryWorld } from "../testing/index.ts";
import { Run } from "./index.ts";

let world: MemoryWorld;
let job: Job.Info;

beforeEach(async () => {
  world = await memoryWorld();
  ({ job } = await Job.create(world.as(world.ada), wanted("nightly")));
});

const wanted = (name: string) => ({
  ...Job.Spec.parse({ name, instance_type: "small", command: "echo hi" }),
  image: "acme/ada/python:host",
});

const start = async () => (await Job.start(world.as(world.ada), { id: job.id })).run;
const stateOf = async (id: string) =>
  (await Run.get(world.as(world.ada), { id, wait_seconds: 0 })).run;
const name = (run: Run.Info) => ({ run: run.id, attempt: 1 });
const at = "2026-01-01T00:00:01.000Z";

const ticketed = async (run: Run.Info) => ({
  ...name(run),
  ticket: await Run.ticketOf(world, name(run)),
});
const report = async (run: Run.Info, said: object) =>
  Task.report.from(world.as(system), { ...(await ticketed(run)), report: { steps: [], ...said } });

describe("starting a job", () => {
  it("makes a run that compute is asked for once", async () => {
    const run = await start();
    await world.deliver();
    expect(world.compute.tasks().map(({ task, starts }) => [task.run, starts])).toEqual([
      [run.id, 1],
    ]);
    expect((await stateOf(run.id)).state).toBe("pending");
  });

  it("again starts another run", async () => {
    const [first, second] = [await start(), await start()];
    await world.deliver();
    expect(first.id).not.toBe(second.id);
    expect(world.compute.tasks()).toHaveLength(2);
  });

  it("is refused with the way out where the plan cannot run", async () => {
    world.compute.refuse = ["Conda packages need the docker driver."];
    await expect(start()).rejects.toThrow(
      "This job cannot start here. Conda packages need the docker driver.",
    );
  });
});

describe("an event that is delivered twice", () => {
  it("starts one execution and one task", async () => {
    const run = await start();
    const queued = world.outbox.take();
    for (const event of [...queued, ...queued]) await Run.startRun.run(world, event);
    await world.workflows.quiet();
    expect(world.workflows.started()).toEqual([`${run.id}-1`]);
    expect(world.compute.tasks().map(({ starts }) => starts)).toEqual([1]);
  });
});

describe("a task's reports", () => {
  it("bring the run to running, then to its end with times and exit code", async () => {
    const run = await start();
    await world.deliver();
    await report(run, { steps: [{ name: "environment", state: "running", started_at: at }] });
    expect(await stateOf(run.id)).toMatchObject({ state: "running", started_at: at });

    await report(run, { ended: { at, exit_code: 0 } });
    await world.deliver();
    expect(await stateOf(run.id)).toMatchObject({ state: "completed", exit_code: 0, ended_at: at });
  });

  it("are refused with a ticket of another attempt", async () => {
    const [run, other] = [await start(), await start()];
    await world.deliver();
    const forged = {
      ...(await ticketed(run)),
      ticket: (await ticketed(other)).ticket,
      report: { steps: [] },
    };
    await expect(Task.report.from(world.as(system), forged)).rejects.toMatchObject({
      code: "task.ticket_invalid",
    });
  });

  it("are told to stop once a stop was asked for", async () => {
    const run = await start();
    await world.deliver();
    await Run.stop(world.as(world.ada), { id: run.id });
    expect(await report(run, {})).toEqual({ stop: true });
  });

  it("after the end are refused, so that a lost answer does no harm", async () => {
    const run = await start();
    await world.deliver();
    await report(run, { ended: { at, exit_code: 0 } });
    await expect(report(run, { ended: { at, exit_code: 1 } })).rejects.toMatchObject({
      code: "task.over",
    });
    await world.deliver();
    expect((await stateOf(run.id)).exit_code).toBe(0);
  });
});

describe("a task's token", () => {
  it("is kept as a hash only, renewed when asked for again, and dead when the run is over", async () => {
    const run = await start();
    await world.deliver();
    const first = await Task.bundle(world.as(system), await ticketed(run));
    const second = await Task.bundle(world.as(system), await ticketed(run));
    const token = second.environment["SATURN_TOKEN"] ?? "";
    await expect(
      Token.callerOf(world, first.environment["SATURN_TOKEN"] ?? ""),
    ).rejects.toMatchObject({ code: "token.unknown" });
    expect((await Token.callerOf(world, token)).actor).toBe("acme/ada");

    await report(run, { ended: { at, exit_code: 0 } });
    await world.deliver();
    await expect(Token.callerOf(world, token)).rejects.toMatchObject({ code: "token.unknown" });
  });
});

describe("stopping a run", () => {
  it("changes nothing the second time", async () => {
    const run = await start();
    const { run: first } = await Run.stop(world.as(world.ada), { id: run.id });
    await world.clock.wait(60);
    const { run: second } = await Run.stop(world.as(world.ada), { id: run.id });
    expect(second).toMatchObject({ state: "stopping", stop_requested_at: first.stop_requested_at });
    expect(
      world.store.events.filter(({ name: event }) => event === "run.stop_requested"),
    ).toHaveLength(1);
  });

  it("before it was launched never starts a task", async () => {
    const run = await start();
    await Run.stop(world.as(world.ada), { id: run.id });
    await world.deliver();
    expect(world.compute.tasks()).toEqual([]);
    expect(await stateOf(run.id)).toMatchObject({
      state: "stopped",
      reason: { code: "run.stopped" },
    });
  });

  it("is over only when compute says so", async () => {
    const run = await start();
    await world.deliver();
    await Run.stop(world.as(world.ada), { id: run.id });
    await world.deliver();
    expect((await stateOf(run.id)).state).toBe("stopping");
    expect(world.compute.tasks()[0]?.stops).toBe(1);

    await report(run, { ended: { at, exit_code: 143 } });
    await world.deliver();
    expect((await stateOf(run.id)).state).toBe("stopped");
  });

  it("does not reveal someone else's run", async () => {
    const run = await start();
    await expect(Run.stop(world.as(world.bob), { id: run.id })).rejects.toMatchObject({
      code: "run.not_found",
    });
  });
});
