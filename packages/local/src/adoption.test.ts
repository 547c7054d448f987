import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { endOf, logged, logOf, runOf, startJob } from "./testing/run.ts";
import { newHome, removeHome, startServer, type TestServer } from "./testing/server.ts";

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) {
    await server.end();
    await removeHome(server.home);
  }
});

async function started(home: string, args?: readonly string[]): Promise<TestServer> {
  const server = await startServer(home, args);
  servers.push(server);
  return server;
}

/** A command that tells each time it is started, lasts some seconds, and ends with code 7. */
const lasting = (seconds: number) =>
  `echo begun; echo begun >> /home/jovyan/workspace/starts; sleep ${seconds}; wc -l < /home/jovyan/workspace/starts; echo the end; exit 7`;

describe("a job that runs while its server is killed", { timeout: 60_000 }, () => {
  it("goes on, and is told with its true exit code, times and whole log by the next server", async () => {
    const first = await started(await newHome());
    const id = await startJob(first, "lasting", lasting(3));
    await logged(first, id, "begun");
    const { started_at } = await runOf(first, id);
    expect(await first.end("SIGKILL")).toBe("SIGKILL");

    const second = await started(first.home);
    expect((await runOf(second, id)).status).toBe("running");
    const run = await endOf(second, id);

    expect(run).toMatchObject({
      status: "error",
      exit_code: 7,
      started_at,
      reason: { code: "step.failed" },
    });
    expect(Date.parse(run.ended_at ?? "") - Date.parse(started_at ?? "")).toBeGreaterThan(2900);
    expect(await logOf(second, id)).toBe("begun\n1\nthe end\n");
  });

  it("is told with the time of its end when that was while no server ran", async () => {
    const first = await started(await newHome());
    const id = await startJob(first, "unseen", lasting(1));
    await logged(first, id, "begun");
    await first.end("SIGKILL");
    await sleep(2500);
    const back = Date.now();

    const second = await started(first.home);
    const run = await endOf(second, id);

    expect(run).toMatchObject({ status: "error", exit_code: 7 });
    expect(Date.parse(run.ended_at ?? "")).toBeLessThan(back - 500);
    expect(await logOf(second, id)).toBe("begun\n1\nthe end\n");
  });

  it("is started all the same when the server died right after it was asked for, and once", async () => {
    const first = await started(await newHome());
    const id = await startJob(first, "just-asked", lasting(0));
    await first.end("SIGKILL");

    const second = await started(first.home);

    expect(await endOf(second, id)).toMatchObject({ status: "error", exit_code: 7 });
    expect(await logOf(second, id)).toBe("begun\n1\nthe end\n");
  });
});

describe("a job that runs while its server stops in order", { timeout: 60_000 }, () => {
  it("goes on, and can be stopped by the next server", async () => {
    const first = await started(await newHome());
    const id = await startJob(first, "going-on", "echo begun; sleep 60");
    await logged(first, id, "begun");
    expect(await first.end()).toBe(0);

    const second = await started(first.home);
    expect((await runOf(second, id)).status).toBe("running");
    await second.api("POST", `/api/runs/${id}/stop`);

    expect(await endOf(second, id)).toMatchObject({
      status: "stopped",
      reason: { code: "run.stopped" },
    });
  });

  it("ends with the server that was told so, and its reason is kept", async () => {
    const first = await started(await newHome(), ["--port", "0", "--stop-tasks"]);
    const id = await startJob(first, "ending", "echo begun; sleep 60");
    await logged(first, id, "begun");
    expect(await first.end()).toBe(0);

    const second = await started(first.home);

    expect(await runOf(second, id)).toMatchObject({
      status: "error",
      reason: { code: "host.stopped" },
    });
  });
});

describe("the access log", { timeout: 30_000 }, () => {
  it("has a line for each request, by the pattern of its route, and no secret", async () => {
    const server = await started(await newHome());
    const id = await startJob(server, "logged", "true");
    await endOf(server, id);
    const code = server.said.out[0]?.split("code=")[1] ?? "";
    await fetch(`${server.url}/signin?code=${code}`, { redirect: "manual" });
    await server.end();
    const text = await readFile(join(server.home, "server.log"), "utf8");
    const requests = text.split("\n").filter((line) => line.includes('"event":"request"'));
    expect(requests.map((line): unknown => JSON.parse(line))).toContainEqual(
      expect.objectContaining({
        method: "GET",
        route: "GET /api/runs/{id}",
        status: 200,
        actor: "local/admin",
        requestId: expect.stringMatching(/^[0-9a-f]{32}$/),
      }),
    );
    const token = (await readFile(join(server.home, "admin.token"), "utf8")).trim();
    for (const secret of [token, code, id]) expect(requests.join("\n")).not.toContain(secret);
  });
});
