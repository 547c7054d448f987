import { describe, expect, it } from "vitest";
import { at, desk, jobOf } from "../testing/index.ts";

describe("sc status and options", () => {
  it("finds the version, the sizes and texts to match disk spaces against", async () => {
    const { askAsOldClient } = await desk();
    expect(await askAsOldClient("GET /api/status")).toMatchObject({
      status: 200,
      body: { version: "0.0.0-test" },
    });
    const { body } = await askAsOldClient("GET /api/info/servers");
    expect(at(body, "disk_space")).toContain("10Gi");
    expect(at(body, "auto_shutoff")).toContain("Never");
    expect(at(body, "sizes", "large")).toMatchObject({ name: "large", gpu: 0, cores: 2 });
    expect(at(body, "sizes", "g4dnxlarge")).toMatchObject({
      gpu: 1,
      gpu_type: "T4",
      hardware_type: "NVIDIA",
    });
  });
});

describe("sc list", () => {
  it("reads every row: what it is, whose, how large, in which state", async () => {
    const known = await desk();
    const id = await jobOf(known);
    const { body } = await known.askAsOldClient("GET /api/recipes?");
    expect(body).toMatchObject({
      recipes: [
        {
          type: "job",
          spec: { owner: "acme/ada", name: "hello", instance_type: "large", scale: 1 },
          state: { id, status: "stopped" },
        },
      ],
    });
    expect(body).not.toHaveProperty("next_last_key");
  });

  it("is never shown an image, which it would take for a resource", async () => {
    const { askAsOldClient } = await desk();
    expect(await askAsOldClient("GET /api/recipes")).toMatchObject({ body: { recipes: [] } });
    expect(
      await askAsOldClient("GET /api/recipes?type=deployment&owner_name=acme/ada"),
    ).toMatchObject({ body: { recipes: [] } });
  });
});

describe("sc apply, start, stop and delete", () => {
  it("go their way", async () => {
    const known = await desk();
    const recipe = {
      type: "job",
      spec: {
        name: "sweep",
        image: "acme/ada/python:host",
        instance_type: "large",
        scale: 2,
        command: '["sc batch /a/0.json"]',
      },
    };
    const applied = await known.askAsOldClient("PUT /api/recipes", { body: recipe });
    expect(applied).toMatchObject({
      status: 201,
      body: {
        type: "job",
        spec: { name: "sweep", owner: "acme/ada", command: '["sc batch /a/0.json"]' },
      },
    });

    const id = await jobOf(known);
    expect(
      await known.askAsOldClient(`POST /api/jobs/${id}/start`, { body: { debug_mode: true } }),
    ).toMatchObject({ status: 200, body: { id } });
    expect(await known.askAsOldClient(`POST /api/jobs/${id}/stop`)).toMatchObject({ status: 200 });
    expect(await known.askAsOldClient(`DELETE /api/jobs/${id}`)).toMatchObject({ status: 204 });
  });
});

describe("sc clone", () => {
  it("takes a template back under another name, with what it adds to it", async () => {
    const known = await desk();
    await jobOf(known, { git_repositories: [{ url: "https://github.com/acme/code" }] });
    const { body } = await known.askAsOldClient("GET /api/recipes/job/hello?as_template=True");
    expect(at(body, "spec", "routes")).toBeUndefined();
    expect(at(body, "spec", "git_repositories")).toHaveLength(1);

    const spec = {
      ...Object(at(body, "spec")),
      name: "again",
      command: "echo again",
      start_dind: false,
      ide: null,
      disk_space: null,
    };
    const clone = await known.askAsOldClient("POST /api/recipes?enforce_unknown=false", {
      body: { ...Object(body), spec },
    });

    expect(clone).toMatchObject({
      status: 201,
      body: { spec: { name: "again", command: "echo again" }, state: { status: "stopped" } },
    });
  });
});
