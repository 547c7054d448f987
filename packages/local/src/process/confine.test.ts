import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { textOf } from "../testing/task-rules.ts";
import { micro, taskHost, type TaskHost } from "../testing/tasks.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const isRoot = process.getuid?.() === 0;
let host: TaskHost;
beforeAll(async () => {
  host = await taskHost();
  writeFileSync(join(host.home, "admin.token"), "crown jewels");
});
afterAll(() => host.close());

const bob = "b".repeat(32);

/** The processes of the machine that were started with these words. */
const alive = (words: string): string[] =>
  readdirSync("/proc").filter(
    (pid) => existsSync(`/proc/${pid}/cmdline`) && wordsOf(pid).includes(words),
  );

function wordsOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    // It ended while it was looked at.
    return "";
  }
}

describe.runIf(isRoot)("a task on a host that has namespaces", () => {
  it("takes with it what has left its process group, its session and its parents", async () => {
    const seconds = `${1000 + (process.pid % 1000)}.25`;
    const seen = await host.run({
      command: `setsid sh -c 'sleep ${seconds} & sleep ${seconds} &' & sleep 0.3; echo done`,
    });
    expect(textOf(seen)).toBe("done\n");
    await expect.poll(() => alive(`sleep\0${seconds}`)).toEqual([]);
  });

  it("sees its own processes only, and its directory as /home/jovyan", async () => {
    const seen = await host.run({ command: "echo $HOME; pwd; ls /proc | grep -c '^[0-9]'" });
    const [home, folder, count] = textOf(seen).trim().split("\n");
    expect([home, folder]).toEqual(["/home/jovyan", "/home/jovyan/workspace"]);
    expect(Number(count)).toBeLessThan(8);
  });

  it("cannot read the server's home, and has no rights of root", async () => {
    const seen = await host.run({
      command: `cat ${host.home}/admin.token; ls ${host.home}; id -u; grep CapEff /proc/self/status; grep NoNewPrivs /proc/self/status`,
    });
    expect(textOf(seen)).not.toContain("crown jewels");
    expect(textOf(seen)).toContain("Permission denied");
    expect(textOf(seen)).toMatch(/^20\d{4}$/m);
    expect(textOf(seen)).toMatch(/CapEff:\s+0+\n/);
    expect(textOf(seen)).toMatch(/NoNewPrivs:\s+1\n/);
  });

  it("runs as another user than tasks of other owners, who cannot read or signal each other", async () => {
    const mine = await host.start({ command: "echo hush >$HOME/secret; id -u; sleep 300" });
    await host.api.until(mine.name, (seen) => textOf(seen) !== "");
    const theirs = await host.run({
      owner_id: bob,
      command: `id -u; cat ${mine.directory}/home/secret; cat /home/jovyan/secret; kill -9 -1 2>&1`,
    });
    expect(textOf(theirs)).not.toContain("hush");
    expect(textOf(theirs).split("\n")[0]).not.toBe(textOf(mine.seen).trim());
    expect(await host.driver.compute.observe(mine.task)).toEqual({ state: "active" });
    const again = await host.run({ owner_id: bob, command: "id -u" });
    expect(textOf(again).trim()).toBe(textOf(theirs).split("\n")[0]);
    await host.driver.compute.stop(mine.task, 0);
    await mine.end();
  });

  it("cannot make the agent read for it what it may not read itself", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cassini-secrets-"));
    for (const name of ["command", "marks", "packages"])
      writeFileSync(join(folder, name), "crown jewels", { mode: 0o600 });
    const tasks = [
      `ln -sf ${folder}/command ~/.cassini/log/command; sleep 1.2`,
      `mv ~/.cassini/log ~/.cassini/old; ln -s ${folder} ~/.cassini/log; sleep 1.2`,
      `mv ~/.cassini ~/old; ln -s ${folder} ~/.cassini; ln -s ${folder} ~/log; sleep 1.2`,
      "rm ~/.cassini/log/command; mkfifo ~/.cassini/log/command; sleep 1.2",
      "rm -rf ~/.cassini; mkdir -p ~/.cassini/log; ln -s /dev/zero ~/.cassini/log/command; ln -s /dev/zero ~/.cassini/marks; sleep 1.2",
    ];
    const ends = await Promise.all(tasks.map((command) => host.run({ command })));
    rmSync(folder, { recursive: true });
    expect(ends.map(({ ended }) => ended?.exit_code)).toEqual(tasks.map(() => 0));
    for (const seen of ends)
      for (const step of seen.logs.keys()) expect(textOf(seen, step)).not.toContain("crown");
  });

  it("cannot pretend steps that are the agent's, nor an end", async () => {
    const forged =
      "start environment 1\\nend environment 1 1\\nend repositories 1 1\\nend command 1 0\\nnonsense\\n";
    const seen = await host.run({ command: `printf '${forged}' >>~/.cassini/marks; exit 4` });
    const last = seen.reports.at(-1);
    expect(seen.ended).toMatchObject({ exit_code: 4 });
    expect(last?.steps.find(({ name }) => name === "environment")).toMatchObject({
      state: "succeeded",
    });
    expect(last?.steps.map(({ name }) => name)).toEqual(["environment", "command"]);
  });

  it("is ended when it takes more memory than its size has, and the rest of the machine is left alone", async () => {
    const seen = await host.run({
      instance: { ...micro, memory_gb: 0.05 },
      command: "echo before; python3 -c 'x = b\"1\" * 200_000_000; print(len(x))'",
    });
    expect(seen.ended?.exit_code).toBe(137);
    expect(seen.reports.at(-1)?.lines.join("\n")).toContain("more memory");
  });
});

describe("the agent", () => {
  it("has kept to the rules of the task API", () => {
    expect(host.api.wrongs).toEqual([]);
  });
});
