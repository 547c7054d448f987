import { randomUUID } from "node:crypto";
import { existsSync, mkdtempSync, chmodSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import type { Launch } from "@cassini/core/launch";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testLog } from "../testing/log.ts";
import { testRepository, type TestRepository } from "../testing/repository.ts";
import { textOf, type Seen } from "../testing/task-rules.ts";
import { newTask, planOf, taskHost, type Started, type TaskHost } from "../testing/tasks.ts";
import { startCompute } from "../world/compute.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TaskHost;
let repository: TestRepository;
/** A folder that every task may write to, where each notes that it ran. */
let notes: string;
beforeAll(async () => {
  host = await taskHost();
  repository = testRepository();
  notes = mkdtempSync(join(tmpdir(), "cassini-notes-"));
  chmodSync(notes, 0o777);
});
afterAll(async () => {
  await host.close();
  for (const folder of [notes, repository.folder]) rmSync(folder, { recursive: true });
});

function killAgent(): void {
  const pid = host.driver.agent();
  if (pid !== undefined) process.kill(pid, "SIGKILL");
}

/** Looks without a pause until it is so, since what is waited for may pass within a millisecond. */
async function soon(is: () => boolean): Promise<void> {
  for (const limit = performance.now() + 10_000; !is(); await turn()) {
    if (performance.now() > limit) throw new Error("It did not come so far.");
  }
}

interface Noting extends Started {
  readonly note: string;
}

/** A task that notes that it ran, takes a moment, and ends with 3. */
function noting(job: Partial<Launch.Plan> = {}, seconds = 0.3): Noting {
  const note = join(notes, randomUUID());
  const command = `echo ran >>${note}; echo one; sleep ${seconds}; echo two; exit 3`;
  return { ...newTask(host, planOf({ command, ...job })), note };
}

async function expectWhole(started: Noting): Promise<Seen> {
  const seen = await started.end();
  expect(seen.ended).toMatchObject({ exit_code: 3 });
  expect(readFileSync(started.note, "utf8")).toBe("ran\n");
  expect(textOf(seen)).toBe("one\ntwo\n");
  expect(seen.reports.at(-1)?.steps.map(({ name, state }) => [name, state])).toContainEqual([
    "command",
    "failed",
  ]);
  return seen;
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
    const started = noting();
    const killed = soon(() => existsSync(join(started.directory, file))).then(killAgent);
    await host.driver.compute.start(started.task);
    await killed;
    await expectWhole(started);
  });

  it.each(["bundle", "logs", "report"])(
    "loses nothing and doubles nothing when it has asked for %s and not been answered",
    async (what) => {
      const started = noting();
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
    const started = noting();
    await host.driver.compute.start(started.task);
    await host.api.end(started.name);
    killAgent();
    await expectWhole(started);
    await expect.poll(() => existsSync(started.directory), { timeout: 5000 }).toBe(false);
  });

  it("clones again when it was killed while it cloned", async () => {
    const started = noting({
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
    const tasks = Array.from({ length: 12 }, () => noting());
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

describe("a server that goes away", () => {
  it("leaves tasks running; the next one takes them over with their true exit code and times", async () => {
    const [short, long] = [noting({}, 1), noting({}, 3)];
    for (const { task } of [short, long]) await host.driver.compute.start(task);
    await soon(() => [short, long].every(({ note }) => existsSync(note)));
    await host.driver.stop();
    await soon(() => existsSync(join(short.directory, "exit")));
    const ended = Date.now();
    await host.restart();
    const seen = await expectWhole(short);
    expect(Date.parse(seen.ended?.at ?? "")).toBeLessThanOrEqual(ended);
    await expectWhole(long);
  });

  it("is waited for, and hears all of it when it is back at its address", async () => {
    const started = noting();
    await host.driver.compute.start(started.task);
    await soon(() => existsSync(join(started.directory, "started")));
    const back = await host.api.vanish();
    await soon(() => existsSync(join(started.directory, "ended.json")));
    await back();
    await expectWhole(started);
  });

  it("is not disturbed by a second agent on the same home", async () => {
    const { log, lines } = testLog();
    const second = await startCompute({ home: host.home, baseUrl: host.api.url, log });
    await expect.poll(() => JSON.stringify(lines("agent.told"))).toContain("agent.waiting");
    const started = noting();
    await second.compute.start(started.task);
    await expectWhole(started);
    await host.driver.stop();
    await expect
      .poll(() => JSON.stringify(lines("agent.told")), { timeout: 3000 })
      .toContain("agent.ready");
    await second.stop();
    await host.restart();
  });
});

describe("the agent", () => {
  it("has kept to the rules of the task API", () => {
    expect(host.api.wrongs).toEqual([]);
  });
});
