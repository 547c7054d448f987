import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { textOf } from "../testing/task-rules.ts";
import { newTask, planOf, taskHost, type TaskHost } from "../testing/tasks.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TaskHost;
beforeAll(async () => {
  host = await taskHost();
});
afterAll(() => host.close());

const says = (text: string) => (seen: Parameters<typeof textOf>[0]) => textOf(seen).includes(text);

describe("stopping a task", () => {
  it("asks it with SIGTERM, and takes its own exit code", async () => {
    const { name, task, end } = await host.start({
      command: 'trap "echo bye; exit 5" TERM; echo ready; while :; do sleep 0.1; done',
    });
    await host.api.until(name, says("ready"));
    await host.driver.compute.stop(task, 30);
    const seen = await end();
    expect(seen.ended).toMatchObject({ exit_code: 5, reason: "run.stopped" });
    expect(textOf(seen)).toMatch(/^ready\n(?:Terminated\n)?bye\n$/);
  });

  it("kills what does not listen when the grace is over", async () => {
    const { name, task, end } = await host.start({
      command: 'trap "" TERM; echo ready; sleep 300',
    });
    await host.api.until(name, says("ready"));
    const asked = Date.now();
    await host.driver.compute.stop(task, 1);
    const seen = await end();
    expect(seen.ended).toMatchObject({ exit_code: 137, reason: "run.stopped" });
    expect(Date.parse(seen.ended?.at ?? "") - asked).toBeGreaterThanOrEqual(900);
    expect(Date.parse(seen.ended?.at ?? "") - asked).toBeLessThan(4000);
  });

  it("kills at once when a later asking gives no grace", async () => {
    const { name, task, end } = await host.start({
      command: 'trap "" TERM; echo ready; sleep 300',
    });
    await host.api.until(name, says("ready"));
    await host.driver.compute.stop(task, 300);
    await host.driver.compute.stop(task, 0);
    expect((await end(5000)).ended).toMatchObject({ exit_code: 137, reason: "run.stopped" });
  });

  it("reaches every process of the task", async () => {
    const { name, task, end } = await host.start({
      command: "(sleep 300 & sleep 300 & sleep 300) & echo ready; wait",
    });
    await host.api.until(name, says("ready"));
    await host.driver.compute.stop(task, 20);
    expect((await end(5000)).ended).toMatchObject({ exit_code: 143, reason: "run.stopped" });
  });

  it("lets it not begin where it has not begun", async () => {
    const ends = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const { task, end } = newTask(host, planOf({ command: "echo begun; sleep 300" }));
        const starting = host.driver.compute.start(task);
        if (index % 2 === 0) await starting;
        await new Promise((resolve) => setTimeout(resolve, index * 4));
        await starting;
        await host.driver.compute.stop(task, 1);
        return end();
      }),
    );
    expect(ends.map(({ ended }) => ended?.reason)).toEqual(ends.map(() => "run.stopped"));
  });

  it("ends a clone that does not come to an end", async () => {
    const hangs = {
      url: `https://127.0.0.1:${new URL(host.api.url).port}/nothing.git`,
      path: "/home/jovyan/workspace/x",
      reference_type: "branch",
    } as const;
    // A server that speaks no TLS: git waits for it as long as nobody says a word.
    const { name, task, end } = await host.start({ repositories: [hangs], command: "echo never" });
    await host.api.until(
      name,
      ({ reports, ended }) =>
        ended !== undefined || reports.some(({ steps }) => steps.length === 2),
    );
    await host.driver.compute.stop(task, 0);
    const seen = await end();
    expect(seen.reports.at(-1)?.steps.at(-1)).toMatchObject({
      name: "repositories",
      state: "failed",
    });
    expect(textOf(seen)).toBe("");
  });

  it("changes nothing for a task that has ended, or never was", async () => {
    const { task, end } = await host.start({});
    await end();
    await host.driver.compute.stop(task, 0);
    await host.driver.compute.stop({ run: "f".repeat(32), attempt: 1 }, 0);
    expect(await host.driver.compute.list()).toEqual([]);
  });

  it("happens by the platform's answer to a report, too", async () => {
    const { seen, end } = await host.start({ command: "sleep 300" });
    seen.stop = true;
    expect((await end()).ended).toMatchObject({ exit_code: 143, reason: "run.stopped" });
  });

  it("happens without a word where the platform wants no more of the task", async () => {
    const { name, seen, task } = await host.start({ command: "echo ready; sleep 300" });
    await host.api.until(name, says("ready"));
    seen.over = true;
    await host.driver.compute.stop(task, 300);
    await expect
      .poll(() => host.driver.compute.observe(task), { timeout: 8000 })
      .toEqual({ state: "unknown" });
  });
});

describe("ending all tasks with the server", () => {
  it("tells each of them why", async () => {
    const tasks = await Promise.all(
      [1, 2, 3].map(() => host.start({ command: "echo ready; sleep 300" })),
    );
    await Promise.all(tasks.map(({ name }) => host.api.until(name, says("ready"))));
    await host.driver.stopTasks(5);
    expect(tasks.map(({ seen }) => seen.ended?.reason)).toEqual(tasks.map(() => "host.stopped"));
    expect(host.api.wrongs).toEqual([]);
  });
});
