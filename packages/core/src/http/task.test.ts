import { describe, expect, it } from "vitest";
import { containing, desk, jobOf, startOf, textAt } from "../testing/index.ts";

describe("the agent of a task", () => {
  it("fetches its bundle, whose token is the task's own", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));

    const { status, body } = await task.bundle();

    expect(status).toBe(200);
    const token = textAt(body, "environment", "SATURN_TOKEN");
    const asTask = { as: "nobody", headers: { authorization: `token ${token}` } } as const;
    expect(await known.ask("GET /api/user", asTask)).toMatchObject({
      status: 200,
      body: { username: "ada" },
    });
    expect(
      await known.ask("POST /api/images", { ...asTask, body: { name: "mine" } }),
    ).toMatchObject({ status: 403, body: { code: "access.denied" } });
  });

  it("reports, and is told when the platform wants its task to end", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));
    const steps = [
      { name: "environment", state: "running", started_at: "2026-06-01T08:00:00.000Z" },
    ];
    expect(await task.report({ steps })).toMatchObject({ status: 200, body: { stop: false } });

    await known.ask(`POST /api/runs/${task.run}/stop`);

    expect(await task.report({ steps })).toMatchObject({ body: { stop: true } });
  });

  it("ships the pieces of its log as they are", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));
    expect(await task.log("command", 0, "{not json\n")).toMatchObject({
      status: 204,
      body: undefined,
    });
    await task.log("command", 10, "äöü\n");
    await task.report({
      steps: [{ name: "command", state: "running", started_at: "2026-06-01T08:00:00.000Z" }],
    });

    const log = await known.ask(`GET /api/runs/${task.run}/logs`);

    expect(log).toMatchObject({
      body: {
        entries: [{ step: "command", text: "{not json\näöü\n" }],
        ended: false,
        status: "running",
      },
    });
  });

  it.each([
    ["POST", "bundle"],
    ["POST", "report"],
    ["PUT", "logs/command/0"],
  ])("gets nowhere with another task's ticket: %s %s", async (method, what) => {
    const known = await desk();
    const job = await jobOf(known);
    const one = await startOf(known, job);
    const other = await startOf(known, job);
    const ticket = known.world.compute.tasks().find(({ task }) => task.run === one.run)
      ?.task.ticket;
    const headers = { authorization: `Ticket ${ticket}` };
    const answer = await known.ask(`${method} /api/tasks/${other.run}/1/${what}`, {
      as: "nobody",
      headers,
      body: { steps: [] },
    });
    expect(answer).toMatchObject({ status: 401, body: { code: "task.ticket_invalid" } });
  });

  it("is told that its attempt is over", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));
    await task.through("hi\n", 0);
    expect(await task.report({ steps: [] })).toMatchObject({
      status: 410,
      body: { code: "task.over" },
    });
  });

  it.each(["logs/nonsense/0", "logs/command/-1", "logs/command/x"])(
    "cannot put a piece at %s",
    async (place) => {
      const known = await desk();
      const task = await startOf(known, await jobOf(known));
      const ticket = known.world.compute.tasks()[0]?.task.ticket;
      const answer = await known.ask(`PUT /api/tasks/${task.run}/1/${place}`, {
        as: "nobody",
        headers: { authorization: `Ticket ${ticket}` },
      });
      expect(answer).toMatchObject({ status: 400, body: { code: "input.invalid" } });
    },
  );
});

describe("a run", () => {
  it("shows how it went, step by step, once it has ended", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));
    await task.through("oh\n", 3);
    const answer = await known.ask(`GET /api/runs/${task.run}`);
    expect(answer).toMatchObject({
      status: 200,
      body: {
        status: "error",
        exit_code: 3,
        reason: { code: "step.failed", step: "command" },
        steps: [{ name: "environment" }, { name: "command", status: "failed" }],
      },
    });
  });

  it("is answered when it ends, to those who wait for it", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));
    const waiting = known.ask(`GET /api/runs/${task.run}?wait_seconds=20`);
    await task.through("hi\n", 0);
    expect(await waiting).toMatchObject({
      status: 200,
      body: { status: "completed", exit_code: 0 },
    });
  });

  it("cannot be waited for longer than a request may take", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));
    const answer = await known.ask(`GET /api/runs/${task.run}?wait_seconds=3600`);
    expect(answer).toMatchObject({ status: 400, body: { message: containing("wait_seconds") } });
  });

  it("is nobody else's", async () => {
    const known = await desk();
    const task = await startOf(known, await jobOf(known));
    for (const what of [
      `GET /api/runs/${task.run}`,
      `POST /api/runs/${task.run}/stop`,
      `GET /api/runs/${task.run}/logs`,
    ] as const) {
      expect(await known.ask(what, { as: "bob" })).toMatchObject({
        status: 404,
        body: { code: "run.not_found" },
      });
    }
    expect(await known.ask("GET /api/runs", { as: "bob" })).toMatchObject({ body: { runs: [] } });
  });

  it("has a log whose cursors cannot be made up, and are good for no other run", async () => {
    const known = await desk();
    const job = await jobOf(known);
    const [one, other] = [await startOf(known, job), await startOf(known, job)];
    await one.through("hi\n", 0);
    const cursor = textAt((await known.ask(`GET /api/runs/${one.run}/logs`)).body, "cursor");
    const refused = {
      status: 400,
      body: { code: "log.cursor_invalid", message: containing("from the start") },
    };
    expect(await known.ask(`GET /api/runs/${one.run}/logs?cursor=x${cursor}`)).toMatchObject(
      refused,
    );
    expect(await known.ask(`GET /api/runs/${other.run}/logs?cursor=${cursor}`)).toMatchObject(
      refused,
    );
    expect(await known.ask(`GET /api/runs/${one.run}/logs?cursor=${cursor}`)).toMatchObject({
      status: 200,
      body: { entries: [], ended: true },
    });
  });

  it("is listed newest first, of one job or of all", async () => {
    const known = await desk();
    const [one, two] = [await jobOf(known), await jobOf(known, { name: "other" })];
    const first = await startOf(known, one);
    await known.world.clock.wait(1);
    const second = await startOf(known, two);
    expect(await known.ask("GET /api/runs")).toMatchObject({
      body: { runs: [{ id: second.run }, { id: first.run }] },
    });
    expect(await known.ask(`GET /api/runs?job_id=${one}`)).toMatchObject({
      body: { runs: [{ id: first.run, job_id: one }] },
    });
  });
});
