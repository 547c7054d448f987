import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prepareContainer, watchContainer, type Container } from "@cassini/agent";
import { Launch } from "@cassini/core/launch";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { taskApi, type TaskApi } from "../testing/task-api.ts";
import { textOf } from "../testing/task-rules.ts";
import { newTask, planOf, type Started } from "../testing/tasks.ts";

vi.setConfig({ testTimeout: 30_000 });

let api: TaskApi;
const homes: string[] = [];
beforeAll(async () => {
  api = await taskApi();
});
afterAll(async () => {
  await api.close();
  for (const home of homes) rmSync(home, { recursive: true });
});

/** What the two containers of the agent are told; the volume is a folder here. */
function containerOf(job: Partial<Launch.Plan>): { started: Started; container: Container } {
  const home = mkdtempSync(join(tmpdir(), "cassini-volume-"));
  homes.push(home);
  const started = newTask({ api, home }, planOf(job));
  Object.assign(started.seen, { bundle: Launch.movedHome(started.seen.bundle, home) });
  const { run, attempt, ticket } = started.task;
  return { started, container: { url: api.url, run, attempt, ticket, home } };
}

/** The task's own container: bash and what the agent has left for it. */
async function carryOut({ home }: Container): Promise<void> {
  const env = { PATH: process.env["PATH"], CASSINI_TASK: `${home}/.cassini` };
  await once(spawn("bash", ["-p", `${home}/.cassini/entry.sh`], { env, stdio: "inherit" }), "exit");
}

describe("an agent in containers of one task", () => {
  it("makes the home ready, then ships all of the log and the steps", async () => {
    const job = {
      config_files: { "a/b": { content: "hello", mode: "0644" } },
      start_script: "echo starting",
      command: "cat ~/a/b; echo; echo $GREETING; exit 3",
    };
    const { started, container } = containerOf({
      ...job,
      environment_variables: { GREETING: "good day" },
    });
    expect(await prepareContainer(container)).toBe(true);
    const ended = new AbortController();
    const watching = watchContainer(container, ended.signal);
    await carryOut(container);
    ended.abort();
    await watching;
    expect(textOf(started.seen)).toBe("hello\ngood day\n");
    expect(textOf(started.seen, "start-script")).toBe("starting\n");
    const steps = started.seen.reports.at(-1)?.steps.map(({ name, state }) => [name, state]);
    expect(steps).toEqual([
      ["environment", "succeeded"],
      ["start-script", "succeeded"],
      ["command", "running"],
    ]);
    expect(api.wrongs).toEqual([]);
  });

  it("tells why the task cannot begin", async () => {
    const { started, container } = containerOf({
      repositories: [
        {
          url: "file:///nowhere/at/all.git",
          path: "/home/jovyan/workspace/x",
          reference_type: "branch",
        },
      ],
    });
    expect(await prepareContainer(container)).toBe(false);
    expect(started.seen.reports.at(-1)).toMatchObject({
      ended: {},
      steps: [{ state: "succeeded" }, { name: "repositories", state: "failed" }],
    });
    expect(started.seen.reports.at(-1)?.lines.join("\n")).toContain("could not be read");
  });

  it("leaves the image's own search path alone", async () => {
    const { container } = containerOf({});
    await prepareContainer(container);
    expect(readFileSync(`${container.home}/.cassini/environment`, "utf8")).not.toContain(
      "export PATH=",
    );
  });
});
