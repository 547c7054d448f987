import { beforeEach, describe, expect, it } from "vitest";
import { Run } from "../run/index.ts";
import { memoryWorld, type MemoryWorld } from "../testing/index.ts";
import { Job } from "./index.ts";

let world: MemoryWorld;

beforeEach(async () => {
  world = await memoryWorld();
});

const wanted = (more: object = {}) => ({
  ...Job.Spec.parse({ name: "nightly", instance_type: "small", command: "echo hi", ...more }),
  image: "acme/ada/python:host",
});
const create = (more: object = {}) => Job.create(world.as(world.ada), wanted(more));
const code = (expected: string): unknown => expect.objectContaining({ code: expected });

describe("making a job", () => {
  it("keeps what was said and the image's version", async () => {
    const { job, image, activity } = await create({ command: "python run.py" });
    expect(job).toMatchObject({
      name: "nightly",
      command: "python run.py",
      image: { uri: "host:python3" },
    });
    expect(image.version?.name).toBe("host");
    expect(activity).toEqual({ status: "stopped", running_count: 0, last_started_at: undefined });
  });

  it("refuses a name that its owner has given already", async () => {
    await create();
    await expect(create()).rejects.toEqual(code("job.name_taken"));
  });

  it("lets two owners give the same name", async () => {
    await create();
    const { job } = await Job.create(world.as(world.bob), wanted());
    expect(job.name).toBe("nightly");
  });

  it("refuses a CPU image on a GPU size, and says which way to go", async () => {
    await expect(create({ instance_type: "g4dnxlarge" })).rejects.toThrow(
      "The image python is made for CPU, but size g4dnxlarge has NVIDIA. Choose a size with CPU, or an image for NVIDIA.",
    );
  });

  it("refuses an image that is not there, and names the right form", async () => {
    const lost = { ...wanted(), image: "acme/ada/pyton:host" };
    await expect(Job.create(world.as(world.ada), lost)).rejects.toThrow(
      "There is no image acme/ada/pyton:host",
    );
  });

  it("refuses an unknown size, and lists the known ones", async () => {
    await expect(create({ instance_type: "tiny" })).rejects.toThrow(
      /no size tiny\. Choose one of micro, small, medium/,
    );
  });

  it("refuses more than 256 KB of text", async () => {
    await expect(create({ start_script: "#".repeat(300 * 1024) })).rejects.toEqual(
      code("job.too_large"),
    );
  });

  it("refuses to act for somebody else", async () => {
    await expect(
      Job.create(world.as(world.ada), { ...wanted(), owner: "acme/bob" }),
    ).rejects.toEqual(code("owner.not_found"));
  });
});

describe("applying a job", () => {
  const apply = (more: object = {}) => Job.apply(world.as(world.ada), wanted(more));

  it("makes it once, then changes it, then finds nothing to do", async () => {
    const first = await apply();
    const second = await apply({ command: "echo bye" });
    const third = await apply({ command: "echo bye" });
    expect([first.action, second.action, third.action]).toEqual([
      "created",
      "updated",
      "unchanged",
    ]);
    expect(third.job).toMatchObject({ id: first.job.id, command: "echo bye" });
  });

  it("returns to the default what is no longer said", async () => {
    await apply({ description: "each night", environment_variables: { A: "1" } });
    const { job } = await apply();
    expect(job).toMatchObject({ description: "", environment_variables: {} });
  });
});

describe("changing a job", () => {
  it("changes what is named, and leaves the rest", async () => {
    const { job } = await create({ description: "each night" });
    const changed = await Job.update(world.as(world.ada), {
      id: job.id,
      changes: { command: "echo bye" },
    });
    expect(changed.job).toMatchObject({
      command: "echo bye",
      description: "each night",
      image: job.image,
    });
  });

  it("refuses what does not fit, naming the field", async () => {
    const { job } = await create();
    await expect(
      Job.update(world.as(world.ada), { id: job.id, changes: { retries: -1 } }),
    ).rejects.toThrow(/retries/);
  });

  it("gives the old name free", async () => {
    const { job } = await create();
    await Job.update(world.as(world.ada), { id: job.id, changes: { name: "daily" } });
    expect((await create()).job.name).toBe("nightly");
  });

  it("does not reach a run that has started", async () => {
    const { job } = await create();
    const { run } = await Job.start(world.as(world.ada), { id: job.id });
    await Job.update(world.as(world.ada), { id: job.id, changes: { command: "echo changed" } });
    expect((await Run.planOf(world, run)).command).toBe("echo hi");
  });
});

describe("a job's status", () => {
  it("follows its runs, and a long one is not hidden by many short ones", async () => {
    const { job } = await create();
    const long = await Job.start(world.as(world.ada), { id: job.id });
    await world.deliver();
    for (let short = 0; short < 30; short += 1) {
      const { run } = await Job.start(world.as(world.ada), { id: job.id });
      await Run.stop(world.as(world.ada), { id: run.id });
    }
    await world.deliver();
    const { activity } = await Job.get(world.as(world.ada), { id: job.id });
    const { items } = await Run.list(world.as(world.ada), {
      job_id: job.id,
      page_size: 2,
      descending: false,
    });
    expect(activity.status).toBe("pending");
    expect(items.map(({ id, state }) => [id === long.run.id, state])).toEqual([
      [true, "pending"],
      [false, "stopped"],
    ]);
  });
});

describe("starting a job", () => {
  it("refuses a list of commands and more than one machine, with the way out", async () => {
    const list = await create({ name: "list", command: ["a", "b"] });
    const gang = await create({ name: "gang", scale: 2 });
    await expect(Job.start(world.as(world.ada), { id: list.job.id })).rejects.toThrow(
      "Give it one text command.",
    );
    await expect(Job.start(world.as(world.ada), { id: gang.job.id })).rejects.toThrow(
      "Set scale to 1.",
    );
  });
});

describe("removing a job", () => {
  it("is refused while a run is active, and stops it when that is said", async () => {
    const { job } = await create();
    const { run } = await Job.start(world.as(world.ada), { id: job.id });
    await expect(
      Job.destroy(world.as(world.ada), { id: job.id, allow_active: false }),
    ).rejects.toEqual(code("job.active"));

    await Job.destroy(world.as(world.ada), { id: job.id, allow_active: true });
    await world.deliver();

    await expect(Job.get(world.as(world.ada), { id: job.id })).rejects.toEqual(
      code("job.not_found"),
    );
    expect((await Run.get(world.as(world.ada), { id: run.id, wait_seconds: 0 })).run.state).toBe(
      "stopped",
    );
  });

  it("does not reveal someone else's job", async () => {
    const { job } = await create();
    await expect(
      Job.destroy(world.as(world.bob), { id: job.id, allow_active: true }),
    ).rejects.toEqual(code("job.not_found"));
  });
});

describe("listing jobs", () => {
  it("pages forward and back in order of names, and refuses a page key that was tampered with", async () => {
    for (const name of ["a", "b", "c"]) await create({ name });
    const ada = world.as(world.ada);
    const first = await Job.list(ada, { page_size: 2, descending: false });
    const second = await Job.list(ada, {
      page_size: 2,
      descending: false,
      next_key: first.next_key,
    });
    expect([...first.items, ...second.items].map(({ job }) => job.name)).toEqual(["a", "b", "c"]);
    expect(second.next_key).toBeUndefined();
    const forged = Job.list(ada, {
      page_size: 2,
      descending: false,
      next_key: `x${first.next_key}`,
    });
    await expect(forged).rejects.toEqual(code("page.cursor_invalid"));
  });
});
