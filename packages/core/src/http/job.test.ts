import { describe, expect, it } from "vitest";
import { desk, jobOf, textAt } from "../testing/index.ts";

const body = { name: "typed", command: "echo hi", image: "acme/ada/python:host" };

describe("a job by the typed API", () => {
  it("is made with the documented defaults and every required field", async () => {
    const { world, ask } = await desk();
    const { body: tags } = await ask(
      `GET /api/images/${textAt((await ask("GET /api/images")).body, "images", 0, "id")}/tags`,
    );
    const image_tag_id = textAt(tags, "image_tags", 0, "id");

    const answer = await ask("POST /api/jobs", {
      body: { name: "typed", command: "echo hi", image_tag_id },
    });

    expect(answer).toMatchObject({
      status: 201,
      body: {
        owner: { name: "acme/ada", id: world.ada.owner?.id },
        instance_size: "medium",
        image_tag: { id: image_tag_id, image_uri: "host:python3", status: "built" },
        working_dir: "/home/jovyan/workspace",
        extra_packages: { pip: null, as_requirements_txt: false },
        last_deploy: "2026-06-01T08:00:00+00:00",
        status: "stopped",
        running_count: 0,
        resource_type: "job",
      },
    });
    expect(answer.body).not.toHaveProperty("dask_cluster");
    expect(answer.body).not.toHaveProperty("cron_schedule_options");
  });

  it("takes the owner flat and the packages in their flat form", async () => {
    const { ask } = await desk();
    const extra_packages = { pip: "numpy\n", as_requirements_txt: true, apt: "git" };
    const answer = await ask("POST /api/jobs", {
      body: { ...body, owner_name: "acme/ada", extra_packages, unknown: 1 },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { extra_packages: { pip: "numpy\n", as_requirements_txt: true, apt: "git" } },
    });
    expect(await ask("GET /api/recipes/job/typed")).toMatchObject({
      body: {
        spec: { extra_packages: { pip: { requirements_txt: "numpy\n" }, apt: { install: "git" } } },
      },
    });
  });

  it("stands on a bare URI as on an external version", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/jobs", {
      body: { name: "bare", command: "x", image_uri: "ghcr.io/acme/x:3" },
    });
    expect(answer).toMatchObject({
      status: 201,
      body: { image_tag: { image_uri: "ghcr.io/acme/x:3", version: "3", is_external: true } },
    });
  });

  it("changes what a request names, and nothing else", async () => {
    const known = await desk();
    const id = await jobOf(known, {
      description: "before",
      retries: 2,
      schedule: "@daily",
      environment_variables: { A: "1" },
    });

    const answer = await known.ask(`PATCH /api/jobs/${id}`, {
      body: { description: "after", cron_schedule_options: { schedule: "0 2 * * *" } },
    });

    expect(answer).toMatchObject({
      status: 200,
      body: {
        description: "after",
        retries: 2,
        environment_variables: { A: "1" },
        cron_schedule_options: { schedule: "0 2 * * *", concurrency_policy: "Allow" },
      },
    });
  });

  it("gives what a request names as null its default again", async () => {
    const known = await desk();
    const id = await jobOf(known, { start_script: "x", tags: { a: "b" }, schedule: "@daily" });
    const answer = await known.ask(`PATCH /api/jobs/${id}`, {
      body: { start_script: null, tags: null, cron_schedule_options: null },
    });
    expect(answer).toMatchObject({ status: 200, body: { start_script: "", tags: {} } });
    expect(answer.body).not.toHaveProperty("cron_schedule_options");
  });

  it.each([
    [{ ...body, name: undefined }, 400, "name: is missing"],
    [{ ...body, command: "" }, 400, "command"],
    [{ ...body, image: undefined }, 400, "image_tag_id: is missing"],
    [{ ...body, instance_size: "huge" }, 422, "There is no size huge"],
    [{ ...body, scale: 0 }, 400, "scale"],
    [{ ...body, image: undefined, image_tag_id: "0".repeat(32) }, 422, "0".repeat(32)],
    [{ ...body, external_repo_attachments: [{ external_repo_id: "x" }] }, 422, "git_repositories"],
    [{ ...body, config_files: { "../x": { content: "" } } }, 400, "config_files"],
    [[], 400, "must be an object"],
    ["text", 400, "must be an object"],
    [null, 400, "must be an object"],
  ])("is refused as %j with %i", async (wrong, status, says) => {
    const { ask } = await desk();
    const answer = await ask("POST /api/jobs", { body: wrong });
    expect(answer.status).toBe(status);
    expect(textAt(answer.body, "message")).toContain(says);
  });

  it("is refused under a name that is taken", async () => {
    const known = await desk();
    await known.ask("POST /api/jobs", { body });
    expect(await known.ask("POST /api/jobs", { body })).toMatchObject({
      status: 409,
      body: { code: "job.name_taken" },
    });
    const other = await jobOf(known);
    expect(await known.ask(`PATCH /api/jobs/${other}`, { body: { name: "typed" } })).toMatchObject({
      status: 409,
    });
  });
});
