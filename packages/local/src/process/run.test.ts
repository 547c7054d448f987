import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { textOf, type Seen } from "../testing/task-rules.ts";
import { newTask, planOf, taskHost, type TaskHost } from "../testing/tasks.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TaskHost;
beforeAll(async () => {
  host = await taskHost();
});
afterAll(() => host.close());

const statesOf = (steps: readonly { name: string; state: string }[] = []) =>
  Object.fromEntries(steps.map(({ name, state }) => [name, state]));

const lastOf = ({ reports }: Seen): Seen["reports"][number] =>
  reports.at(-1) ?? { steps: [], commits: [], lines: [] };

describe("running a command", () => {
  it("tells its exit code, its times and its whole log", async () => {
    const seen = await host.run({ command: "echo begin; echo trouble >&2; exit 3" });
    const last = lastOf(seen);
    expect(seen.ended).toMatchObject({ exit_code: 3 });
    expect(seen.ended).not.toHaveProperty("reason");
    expect(textOf(seen)).toBe("begin\ntrouble\n");
    expect(statesOf(last.steps)).toEqual({ environment: "succeeded", command: "failed" });
    expect(last.lines).toEqual(["begin", "trouble"]);
    const command = last.steps.find(({ name }) => name === "command");
    expect(Date.parse(command?.ended_at ?? "")).toBeGreaterThanOrEqual(
      Date.parse(command?.started_at ?? ""),
    );
    expect(command).toMatchObject({ ended_at: seen.ended?.at, bytes: 14 });
  });

  it("tells the signal that ended it by the shell's custom", async () => {
    const seen = await host.run({ command: "kill -SEGV $$" });
    expect(seen.ended).toMatchObject({ exit_code: 139 });
  });

  it("reports a long one as running, and ships its log, before it ends", async () => {
    const { name, end, task } = await host.start({ command: "echo early; sleep 60" });
    const seen = await host.api.until(
      name,
      (now) => textOf(now) === "early\n" && now.reports.length > 0,
    );
    expect(statesOf(seen.reports.at(-1)?.steps)).toEqual({
      environment: "succeeded",
      command: "running",
    });
    expect(await host.driver.compute.observe(task)).toEqual({ state: "active" });
    await host.driver.compute.stop(task, 0);
    await end();
  });

  it("starts once, however often and late it is asked for", async () => {
    const started = newTask(host, planOf({ command: "echo once; sleep 0.2" }));
    await Promise.all([1, 2, 3].map(() => host.driver.compute.start(started.task)));
    const seen = await started.end();
    await host.driver.compute.start(started.task);
    await expect.poll(() => existsSync(started.directory)).toBe(false);
    expect(textOf(seen)).toBe("once\n");
    expect(seen.bundles).toBe(1);
  });

  it("leaves nothing behind once its end has been taken", async () => {
    const { directory, end, task } = await host.start({
      command: "mkdir -p a/b; touch a/b/c; chmod 0 a",
    });
    await end();
    await expect.poll(() => existsSync(directory)).toBe(false);
    await expect.poll(() => readdir(join(host.home, "tasks", ".trash"))).toEqual([]);
    expect(await host.driver.compute.observe(task)).toEqual({ state: "unknown" });
    expect(await host.driver.compute.list()).toEqual([]);
  });
});

const cgroupsNamed = (name: string): string =>
  execFileSync("find", ["/sys/fs/cgroup", "-maxdepth", "8", "-type", "d", "-name", name], {
    encoding: "utf8",
  });

describe("many tasks", () => {
  it("leave the agent without a process, a descriptor or a control group more than before", async () => {
    const proc = `/proc/${host.driver.agent()}`;
    const round = () =>
      Promise.all(Array.from({ length: 40 }, () => host.run({ command: "echo a; echo b" })));
    await round();
    const before = readdirSync(`${proc}/fd`).length;
    await round();
    expect(readdirSync(`${proc}/fd`).length).toBeLessThanOrEqual(before + 2);
    await expect.poll(() => readdirSync(join(host.home, "tasks"))).toEqual([".trash"]);
    await expect
      .poll(() => readFileSync(`${proc}/task/${host.driver.agent()}/children`, "utf8"))
      .toBe("");
    await expect.poll(() => cgroupsNamed([...host.api.tasks.keys()].at(-1) ?? "")).toBe("");
  });
});

describe("a task's surroundings", () => {
  it("are its own variables and those of the network, not the server's", async () => {
    process.env["CASSINI_TEST_SECRET"] = "leaked";
    const seen = await host.run({
      command: "env",
      environment_variables: { GREETING: "it's $HOME\nand more" },
    });
    delete process.env["CASSINI_TEST_SECRET"];
    expect(textOf(seen)).toContain("GREETING=it's $HOME\nand more\n");
    expect(textOf(seen)).toContain("SATURN_TOKEN=secret\n");
    expect(textOf(seen)).toMatch(/^HOME=.*\nPATH=|^PATH=/m);
    expect(textOf(seen)).not.toContain("leaked");
    expect(textOf(seen)).not.toContain("CASSINI_");
  });

  it("hold its files with their modes, and the workspace", async () => {
    const seen = await host.run({
      config_files: {
        "deep/er/key": { content: "hush", mode: "0600" },
        "/home/jovyan/run.sh": { content: "#!/bin/sh\necho ran\n", mode: "0755" },
      },
      command:
        "stat -c %a ~/deep/er/key ~/run.sh; cat ~/deep/er/key; ~/run.sh; basename $PWD; touch here",
    });
    expect(textOf(seen)).toBe("600\n755\nhushran\nworkspace\n");
    expect(seen.ended).toMatchObject({ exit_code: 0 });
  });

  it("have Python under both of its names", async () => {
    const seen = await host.run({
      command: "python -c 'print(1)' && python3 -c 'import sys; print(sys.version_info > (3,))'",
    });
    expect(textOf(seen)).toBe("1\nTrue\n");
  });

  it("let scripts of bash have no say in how the task is started", async () => {
    const seen = await host.run({
      environment_variables: { BASH_ENV: "/nowhere", LD_PRELOAD: "", SHELLOPTS: "x" },
      command: "echo fine",
    });
    expect(seen.ended).toMatchObject({ exit_code: 0 });
    expect(textOf(seen)).toContain("fine\n");
  });
});

describe("a step that fails", () => {
  it("ends the task with its code and its last lines when it is the start script", async () => {
    const seen = await host.run({
      start_script: "for i in $(seq 30); do echo line $i; done; exit 7",
      command: "echo never",
    });
    const last = lastOf(seen);
    expect(seen.ended).toMatchObject({ exit_code: 7 });
    expect(statesOf(last.steps)).toEqual({ environment: "succeeded", "start-script": "failed" });
    expect(last.lines).toHaveLength(20);
    expect(last.lines.at(-1)).toBe("line 30");
    expect(textOf(seen)).toBe("");
  });

  it("ends the task when it is the packages", async () => {
    const seen = await host.run({
      packages: { pip: { install: "no-such-package==1", requirements_txt: undefined } },
      environment_variables: { PIP_NO_INDEX: "1" },
    });
    expect(statesOf(seen.reports.at(-1)?.steps)).toEqual({
      environment: "succeeded",
      packages: "failed",
    });
    expect(seen.ended?.exit_code).toBeGreaterThan(0);
    expect(seen.reports.at(-1)?.lines.join("\n")).toContain("no-such-package");
  });

  it("is the environment where the task's files cannot be written", async () => {
    const { seen, end } = await host.start({
      config_files: { [`${"d".repeat(300)}/file`]: { content: "", mode: "0644" } },
    });
    await end();
    expect(seen.ended).toMatchObject({ reason: "task.prepare_failed" });
    expect(seen.ended).not.toHaveProperty("exit_code");
    expect(statesOf(seen.reports.at(-1)?.steps)).toEqual({ environment: "failed" });
    expect(seen.reports.at(-1)?.lines.join()).toContain("ENAMETOOLONG");
  });

  it("is the command where the script cannot even begin it", async () => {
    const seen = await host.run({ working_directory: "/nowhere/at/all" });
    expect(statesOf(seen.reports.at(-1)?.steps)).toMatchObject({ command: "failed" });
    expect(seen.reports.at(-1)?.lines.join()).toContain("/nowhere/at/all");
  });
});

describe("the agent", () => {
  it("has kept to the rules of the task API", () => {
    expect(host.api.wrongs).toEqual([]);
  });
});
