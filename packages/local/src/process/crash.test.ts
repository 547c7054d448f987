import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { expectWhole, notingHost, soon, type NotingHost } from "../testing/noting.ts";
import { testRepository, type TestRepository } from "../testing/repository.ts";
import { textOf } from "../testing/task-rules.ts";
import type { Started } from "../testing/tasks.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: NotingHost;
let repository: TestRepository;
beforeAll(async () => {
  host = await notingHost();
  repository = testRepository();
});
afterAll(async () => {
  await host.close();
  rmSync(repository.folder, { recursive: true });
});

function killAgent(): void {
  const pid = host.driver.agent();
  if (pid !== undefined) process.kill(pid, "SIGKILL");
}

describe("an agent that is killed", () => {
  it.each([
    "task.json",
    "home",
    "home/.cassini/entry.sh",
    "prepared.json",
    "shim.log",
    "started",
    "home/.cassini/marks",
    "exit",
    "ended.json",
  ])("loses nothing and doubles nothing when %s has just been written", async (file) => {
    const started = host.noting();
    const killed = soon(() => existsSync(join(started.directory, file))).then(killAgent);
    await host.driver.compute.start(started.task);
    await killed;
    await expectWhole(started);
  });

  it.each(["bundle", "logs", "report"])(
    "loses nothing and doubles nothing when it has asked for %s and not been answered",
    async (what) => {
      const started = host.noting();
      let kills = 0;
      host.api.before = (asked, name) => {
        if (asked !== what || name !== started.name || kills > 0) return undefined;
        kills += 1;
        killAgent();
        return 503;
      };
      await host.driver.compute.start(started.task);
      await expectWhole(started);
      expect(kills).toBe(1);
      host.api.before = () => undefined;
    },
  );

  it("forgets the task when its end was taken but the answer lost", async () => {
    const started = host.noting();
    await host.driver.compute.start(started.task);
    await host.api.end(started.name);
    killAgent();
    await expectWhole(started);
    await expect.poll(() => existsSync(started.directory), { timeout: 5000 }).toBe(false);
  });

  it("clones again when it was killed while it cloned", async () => {
    const started = host.noting({
      repositories: [
        { url: repository.url, path: "/home/jovyan/workspace/project", reference_type: "branch" },
      ],
    });
    const killed = soon(() => existsSync(join(started.directory, "preparing"))).then(killAgent);
    await host.driver.compute.start(started.task);
    await killed;
    const seen = await expectWhole(started);
    expect(seen.reports.at(-1)?.commits).toHaveLength(1);
  });

  it("stops what was to stop while it was away", async () => {
    const started = await host.start({ command: "echo ready; sleep 300" });
    await host.api.until(started.name, (seen) => textOf(seen) === "ready\n");
    killAgent();
    await host.driver.compute.stop(started.task, 5);
    expect((await started.end()).ended).toMatchObject({ exit_code: 143, reason: "run.stopped" });
  });

  it("loses and doubles none of many tasks, killed at any moment", async () => {
    const tasks = Array.from({ length: 12 }, () => host.noting());
    const starting = Promise.all(tasks.map(({ task }) => host.driver.compute.start(task)));
    for (let kill = 0; kill < 5; kill += 1) {
      const until = performance.now() + 30 + Math.random() * 250;
      await soon(() => performance.now() > until);
      killAgent();
    }
    await starting;
    for (const started of tasks) await expectWhole(started);
  });
});

describe("a shim that is killed", () => {
  it("ends the task with it, and is told as what it is", async () => {
    const started = await host.start({ command: "echo ready; sleep 301 & sleep 301" });
    await host.api.until(started.name, (seen) => textOf(seen) === "ready\n");
    process.kill(shimOf(started), "SIGKILL");
    const seen = await started.end();
    expect(seen.ended).toMatchObject({ reason: "host.shim_lost" });
    expect(seen.ended).not.toHaveProperty("exit_code");
    expect(seen.reports.at(-1)?.steps.at(-1)).toMatchObject({ name: "command", state: "failed" });
  });

  it("is told as a restart of the machine when that is what it was", async () => {
    const started = await host.start({ command: "echo ready; sleep 300" });
    await host.api.until(started.name, (seen) => textOf(seen) === "ready\n");
    await host.driver.stop();
    const shim = shimOf(started);
    writeFileSync(
      join(started.directory, "started"),
      `${shim} 1 ${"0".repeat(8)}-0000-0000-0000-${"0".repeat(12)}\n`,
    );
    process.kill(shim, "SIGKILL");
    await host.restart();
    expect((await started.end()).ended).toMatchObject({ reason: "host.restarted" });
  });
});

const shimOf = ({ directory }: Started): number =>
  Number(readFileSync(join(directory, "started"), "utf8").split(" ")[0]);

describe("the agent", () => {
  it("has kept to the rules of the task API", () => {
    expect(host.api.wrongs).toEqual([]);
  });
});
