import { describe, expect, it } from "vitest";
import { newestAgent } from "../testing/agent.ts";
import { jobNamed } from "../testing/recipe.ts";
import { stage, type Stage } from "../testing/stage.ts";

async function withJobs(): Promise<Stage> {
  const set = await stage();
  await set.type("apply -f -", { stdin: `${jobNamed("nightly-report")}---\n${jobNamed("train")}` });
  await set.type("start train");
  const agent = await newestAgent(set.world);
  await agent.begin("command");
  await set.world.clock.wait(95);
  await agent.end(3, ["KeyError"]);
  await set.type("start train");
  const next = await newestAgent(set.world);
  await next.begin("command");
  await set.world.clock.wait(180);
  return set;
}

describe("listing jobs", () => {
  it("shows at a terminal what each is doing, and since when", async () => {
    const { type } = await withJobs();
    const told = await type("list --no-color", { columns: 80 });
    expect(told.out).toBe(`NAME            STATUS   SIZE   IMAGE                 LAST START  COMMAND
nightly-report  stopped  small  acme/ada/python:host  -           echo hello
train           running  small  acme/ada/python:host  3 min ago   echo hello
`);
  });

  it("cuts what is long to the width of the terminal", async () => {
    const { type } = await withJobs();
    const told = await type("list jobs --no-color", { columns: 60 });
    expect(Math.max(...told.out.split("\n").map((line) => line.length))).toBe(60);
    expect(told.out).toContain("nightly-report  stopped  small  acme/a…  -           echo h…");
  });

  it("shows times as they are, and everything, in a file", async () => {
    const { type } = await withJobs();
    expect((await type("list")).out).toContain(
      "train           running  small  acme/ada/python:host  2026-06-01T08:01:35+00:00  echo hello\n",
    );
    expect(JSON.parse((await type("list --json")).out)).toMatchObject({
      jobs: [
        { name: "nightly-report" },
        { name: "train", last_deploy: "2026-06-01T08:01:35+00:00" },
      ],
    });
  });

  it("of somebody that one does not hold finds nobody", async () => {
    const { type } = await withJobs();
    expect(await type("list jobs --owner acme/bob")).toMatchObject({
      exit: 4,
      err: "There is no owner acme/bob that you can act for.\n",
    });
  });

  it("goes over all pages", async () => {
    const { type } = await stage();
    const stdin = Array.from({ length: 1001 }, (_, at) => JSON.stringify(jobOf(at))).join(
      "\n---\n",
    );
    await type("apply -f -", { stdin });
    expect((await type("list")).out.split("\n")).toHaveLength(1003);
  });

  const jobOf = (at: number) => ({
    type: "job",
    spec: {
      name: `job-${at}`,
      image: "acme/ada/python:host",
      instance_type: "small",
      command: "true",
    },
  });
});

describe("listing runs", () => {
  it("shows the newest first, with how long each took and why it ended", async () => {
    const { type } = await withJobs();
    const told = await type("runs train --no-color", { columns: 80 });
    expect(told.out.replaceAll(/-[0-9a-f]{8}/g, "-12345678"))
      .toBe(`RUN             STATUS   CREATED          TOOK  EXIT  REASON
train-12345678  running  3 min ago   3 min 0 s     -
train-12345678  error    4 min ago  1 min 35 s     3  The command ended with co…
`);
    expect((await type("list runs --no-color", { columns: 80 })).out).toBe(told.out);
  });

  it("says how many more there may be, and how to see them", async () => {
    const { type } = await withJobs();
    expect((await type("runs --limit 1")).out).toMatch(/running .*\nThere are more: --limit 5\n$/);
    expect(await type("runs -n many")).toMatchObject({
      exit: 2,
      err: "--limit many means nothing here. Choose one of 1 to 1000.\n",
    });
  });

  it("says how to start one where there is none", async () => {
    const { type } = await withJobs();
    expect((await type("runs nightly-report")).out).toBe(
      "No runs yet. Start one: cassini start nightly-report --follow\n",
    );
  });
});

describe("listing what a job can name", () => {
  it("shows each version of an image as a recipe names it", async () => {
    const { type } = await stage();
    expect((await type("list images")).out)
      .toBe(`IMAGE                 HARDWARE  FOR        STATUS  DESCRIPTION
acme/ada/python:host  CPU       everybody  built
`);
  });

  it("shows the sizes, and why nothing can start at one", async () => {
    const { type } = await stage();
    const told = await type("list sizes");
    expect(told.out.split("\n").slice(0, 3)).toEqual([
      "SIZE         CORES  MEMORY  GPU     USABLE",
      "micro            1    1 GB          yes",
      "small            1    2 GB          yes",
    ]);
  });

  it("names the nearest where there is no such list", async () => {
    const { type } = await stage();
    expect(await type("list imgaes")).toMatchObject({
      exit: 2,
      err: "There is nothing called imgaes to list. Did you mean images? There are jobs, images, sizes, runs.\n",
    });
  });
});
