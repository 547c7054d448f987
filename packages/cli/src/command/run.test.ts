import { describe, expect, it } from "vitest";
import { meanwhile, newestAgent } from "../testing/agent.ts";
import { jobNamed } from "../testing/recipe.ts";
import { stage, type Stage } from "../testing/stage.ts";

async function withJob(name = "hello"): Promise<Stage> {
  const set = await stage();
  await set.type("apply -f -", { stdin: jobNamed(name) });
  return set;
}

const runOf = (text: string): string => /[\w-]+-[0-9a-f]{8}/.exec(text)?.[0] ?? "";

describe("starting a job", () => {
  it("tells how to watch the run", async () => {
    const { type } = await withJob();
    expect((await type("start hello")).out).toMatch(
      /^Started hello-\w{8}\. Watch it: cassini logs hello-\w{8} -f\n$/,
    );
    expect(JSON.parse((await type("start job hello --json")).out)).toMatchObject({
      name: "hello",
      run_id: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("refuses a job that is not there, with where to look", async () => {
    const { type } = await withJob();
    expect(await type("start hallo")).toEqual({
      exit: 4,
      out: "",
      err: "There is no job hallo. `cassini list jobs` shows those that there are.\n",
    });
  });

  it("follows the run where that is said, and keeps the log alone on the standard output", async () => {
    const { type, world } = await withJob();
    const following = type("start hello -f");
    while (world.compute.tasks().length === 0) await meanwhile(world, world.deliver());
    const agent = await newestAgent(world);
    await agent.begin("command");
    await agent.write("hello\n");
    await agent.end(0);
    const told = await meanwhile(world, following);
    expect(told).toMatchObject({ exit: 0, out: "hello\n" });
    expect(told.err).toMatch(/^Started hello-\w{8}\. Ctrl-C leaves it going\.\n== command ==\n/);
  });
});

describe("stopping", () => {
  it("asks every run of a job to stop, and says when there is none", async () => {
    const { type, world } = await withJob();
    expect((await type("stop job hello")).out).toBe("Nothing of hello is running.\n");
    await type("start hello");
    await type("start hello");
    await world.deliver();
    expect((await type("stop hello")).out).toBe("hello is stopping.\n");
    await world.deliver();
    expect(world.compute.tasks().map(({ stops }) => stops)).toEqual([1, 1]);
  });

  it("stops one run alone, once", async () => {
    const { type, world } = await withJob();
    const { run_id } = JSON.parse((await type("start hello --json")).out);
    await type("start hello");
    const agent = await newestAgent(world);
    expect((await type("stop run hello")).err).toContain("There is no job and no run hello.");
    expect((await type(`stop run hello-${String(run_id).slice(0, 8)}`)).out).toMatch(
      /^hello-\w{8} is stopping\.\n$/,
    );
    await agent.begin("command");
    expect((await type("list")).out).toContain("running");
  });

  it("leaves a run that has ended as it is", async () => {
    const { type, world } = await withJob();
    const { run_id } = JSON.parse((await type("start hello --json")).out);
    await (await newestAgent(world)).end(0);
    expect((await type(`stop run ${run_id}`)).out).toMatch(
      /^hello-\w{8} had ended before: completed\.\n$/,
    );
  });
});

describe("restarting", () => {
  it("stops what runs and starts anew", async () => {
    const { type, world } = await withJob();
    await type("start hello");
    await world.deliver();
    expect((await type("restart hello")).out).toMatch(/^Started hello-/);
    await world.deliver();
    expect(world.compute.tasks().map(({ stops }) => stops)).toEqual([1, 0]);
  });
});

describe("reading logs", () => {
  it("reads the newest run of a job, one run by its name, and one by its id", async () => {
    const { type, world } = await withJob("a-deadbeef");
    const started = JSON.parse((await type("start a-deadbeef --json")).out);
    const first = await newestAgent(world);
    await first.begin("command");
    await first.write("first\n");
    await first.end(0);
    await world.clock.wait(1);
    const second = runOf((await type("start a-deadbeef")).out);
    const agent = await newestAgent(world);
    await agent.begin("command");
    await agent.write("second\n");
    const newest = await type("logs a-deadbeef");
    expect(newest.out).toBe("second\n");
    expect(newest.err).toBe(
      `== command ==\n${second} is running. Follow it: cassini logs ${second} -f\n`,
    );
    expect((await type(`logs ${second}`)).out).toBe("second\n");
    expect((await type(`logs ${started.run_id}`)).out).toBe("first\n");
    expect((await type(`logs a-deadbeef-${String(started.run_id).slice(0, 8)}`)).out).toBe(
      "first\n",
    );
  });

  it("reads a log that is longer than one answer, whole", async () => {
    const { type, world } = await withJob();
    await type("start hello");
    const agent = await newestAgent(world);
    await agent.begin("command");
    const piece = "0123456789abcde\n".repeat(8192);
    for (let at = 0; at < 12; at += 1) await agent.write(piece);
    await agent.end(0);
    expect((await type("logs hello")).out).toBe(piece.repeat(12));
  });

  it("says how to start a job that has not run, and what there is where there is nothing of that name", async () => {
    const { type } = await withJob();
    expect(await type("logs hello")).toEqual({
      exit: 4,
      out: "",
      err: "The job hello has not run yet. Start it: cassini start hello\n",
    });
    expect((await type("logs nothing")).err).toBe(
      "There is no job and no run nothing. `cassini list jobs` and `cassini runs` show those that there are.\n",
    );
    expect((await type("logs hello-12345678")).err).toContain(
      "There is no job and no run hello-12345678.",
    );
    expect((await type("logs")).err).toBe(
      "The name of a job or run is missing. Write it so: cassini logs NAME\n",
    );
  });
});

describe("deleting a job", () => {
  it("asks a person first, and takes nothing but a yes for one", async () => {
    const { type } = await withJob();
    const kept = await type("delete job hello", { columns: 80, stdin: "" });
    expect(kept).toEqual({
      exit: 0,
      out: "hello stays as it is.\n",
      err: "Delete the job hello? This cannot be undone. [y/N] ",
    });
    expect((await type("delete job hello", { columns: 80, stdin: "Yes" })).out).toBe(
      "Deleted the job hello.\n",
    );
  });

  it("refuses without --yes where nobody can be asked", async () => {
    const { type } = await withJob();
    expect(await type("delete job hello")).toMatchObject({
      exit: 2,
      err: "Deleting the job hello cannot be undone, and nobody is here to ask. Say --yes if it is meant.\n",
    });
    expect(await type("delete job hello --yes")).toMatchObject({
      exit: 0,
      out: "Deleted the job hello.\n",
    });
    expect((await type("delete job hello --yes")).exit).toBe(4);
  });

  it("keeps a job that runs, unless its runs are to be stopped", async () => {
    const { type } = await withJob();
    await type("start hello");
    expect((await type("delete job hello -y")).exit).toBe(5);
    expect((await type("delete job hello -y --stop")).out).toBe("Deleted the job hello.\n");
  });

  it("wants the kind said, since it cannot be undone", async () => {
    const { type } = await withJob();
    expect(await type("delete hello -y")).toMatchObject({
      exit: 2,
      err: "Is `hello` a job? Write it so: cassini delete job NAME\n",
    });
  });
});
