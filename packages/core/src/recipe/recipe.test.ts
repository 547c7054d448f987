import { describe, expect, it } from "vitest";
import { containing, desk, textAt } from "../testing/index.ts";

const spec = {
  name: "hello",
  image: "acme/ada/python:host",
  instance_type: "large",
  command: "echo hi",
};
const recipe = (more: object = {}) => ({ type: "job", spec: { ...spec, ...more } });

describe("applying a recipe", () => {
  it("makes the job, then changes it, then leaves it as it is", async () => {
    const { ask } = await desk();
    const first = await ask("PUT /api/recipes", { body: recipe() });
    const second = await ask("PUT /api/recipes", { body: recipe({ command: "echo ho" }) });
    const third = await ask("PUT /api/recipes", { body: recipe({ command: "echo ho" }) });

    expect([first, second, third].map(({ status }) => status)).toEqual([201, 201, 201]);
    expect([first, second, third].map(({ body }) => textAt(body, "state", "action"))).toEqual([
      "created",
      "updated",
      "unchanged",
    ]);
    expect(textAt(third.body, "state", "id")).toBe(textAt(first.body, "state", "id"));
  });

  it("gives what the file does not say its default again", async () => {
    const { ask } = await desk();
    await ask("PUT /api/recipes", {
      body: recipe({
        description: "nightly",
        retries: 2,
        environment_variables: { A: "1" },
        schedule: "@daily",
      }),
    });

    const answer = await ask("PUT /api/recipes", { body: recipe() });

    expect(answer).toMatchObject({
      body: { spec: { description: "", retries: 0, environment_variables: {} } },
    });
    expect(answer.body).not.toHaveProperty("spec.schedule");
  });

  it("takes back what it has given, without a change", async () => {
    const { ask } = await desk();
    const body = recipe({
      tags: { team: "a" },
      extra_packages: { pip: "lightgbm" },
      config_files: { "a.txt": { content: "x" } },
    });
    const given = await ask("PUT /api/recipes", { body });

    const again = await ask("PUT /api/recipes", { body: given.body });

    expect(again).toMatchObject({ status: 201, body: { state: { action: "unchanged" } } });
  });

  it("starts and stops as the recipe says, once", async () => {
    const { world, ask } = await desk();
    const started = await ask("PUT /api/recipes", { body: recipe({ status: "running" }) });
    const again = await ask("PUT /api/recipes", { body: recipe({ status: "running" }) });
    await world.deliver();
    expect(started).toMatchObject({ body: { state: { status: "pending" } } });
    expect(again).toMatchObject({ body: { state: { status: "pending" } } });
    expect(world.compute.tasks()).toHaveLength(1);

    const stopped = await ask("PUT /api/recipes", { body: recipe({ status: "stopped" }) });
    expect(stopped).toMatchObject({ body: { state: { status: "stopping" } } });
  });

  it("leaves a running job running when it says nothing of it", async () => {
    const { ask } = await desk();
    await ask("PUT /api/recipes", { body: recipe({ status: "running" }) });
    expect(await ask("PUT /api/recipes", { body: recipe() })).toMatchObject({
      body: { state: { status: "pending" } },
    });
  });

  it("reads packages in their short form, and a list of commands that is written as text", async () => {
    const { ask } = await desk();
    const answer = await ask("PUT /api/recipes", {
      body: recipe({ command: '["echo 1", "echo 2"]', extra_packages: { pip: "lightgbm" } }),
    });
    expect(answer).toMatchObject({
      body: {
        spec: { command: '["echo 1","echo 2"]', extra_packages: { pip: { install: "lightgbm" } } },
      },
    });
  });

  it("takes the owner in each of its forms, and shows it as a text", async () => {
    const { world, ask } = await desk();
    for (const owner of [
      "ada",
      "acme/ada",
      { name: "acme/ada" },
      { id: world.ada.owner?.id },
      { user_id: world.ada.owner?.user_id },
    ]) {
      expect(await ask("PUT /api/recipes", { body: recipe({ owner }) })).toMatchObject({
        status: 201,
        body: { spec: { owner: "acme/ada" } },
      });
    }
  });

  it("shows a bare URI in a form that is read as the same URI again", async () => {
    const { ask } = await desk();
    for (const image of [
      { uri: "python:3.12" },
      "ghcr.io/acme/python:3.12",
      "localhost:5000/python",
    ]) {
      const given = await ask("PUT /api/recipes", { body: recipe({ image }) });
      expect(given).toMatchObject({ status: 201, body: { spec: { image } } });
      expect(await ask("PUT /api/recipes", { body: given.body })).toMatchObject({
        body: { state: { action: "unchanged" } },
      });
    }
  });

  it("reads nulls as silence", async () => {
    const { ask } = await desk();
    const body = recipe({
      start_script: null,
      schedule: null,
      git_repositories: null,
      extra_packages: null,
      tags: null,
    });
    expect(await ask("PUT /api/recipes", { body })).toMatchObject({
      status: 201,
      body: { spec: { start_script: "", git_repositories: [] } },
    });
  });
});

describe("creating from a recipe", () => {
  it("refuses a name that is taken, and says how to go on", async () => {
    const { ask } = await desk();
    await ask("POST /api/recipes", { body: recipe() });
    const answer = await ask("POST /api/recipes", { body: recipe() });
    expect(answer).toMatchObject({
      status: 409,
      body: { code: "job.name_taken", message: containing("Apply") },
    });
  });

  it("lets somebody else have a job of the same name", async () => {
    const { ask } = await desk();
    await ask("POST /api/recipes", { body: recipe() });
    expect(await ask("POST /api/recipes", { body: recipe(), as: "bob" })).toMatchObject({
      status: 201,
      body: { spec: { owner: "acme/bob" } },
    });
  });
});

describe("a recipe as a template", () => {
  it("has neither owner nor state, and makes a job of its own", async () => {
    const { ask } = await desk();
    await ask("PUT /api/recipes", { body: recipe() });

    const { body } = await ask("GET /api/recipes/job/hello?as_template=True");

    expect(body).not.toHaveProperty("state");
    expect(body).not.toHaveProperty("spec.owner");
    expect(await ask("POST /api/recipes", { body, as: "bob" })).toMatchObject({
      status: 201,
      body: { spec: { owner: "acme/bob" } },
    });
  });
});
