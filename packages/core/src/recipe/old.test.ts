import { describe, expect, it } from "vitest";
import { containing, desk, textAt } from "../testing/index.ts";

const versions = [{ name: "1", image_uri: "ghcr.io/acme/mine:1" }];

describe("importing images in the old layout", () => {
  const set = {
    images: [
      {
        name: "saturn",
        hardware_type: "cpu",
        versions: [
          { name: "2021.11.10", image_uri: "public.ecr.aws/saturncloud/saturn:2021.11.10" },
        ],
        schema_version: "2022.04.01",
      },
      {
        name: "saturn-r",
        supports: ["dask", "rstudio-opensource"],
        hardware_type: "gpu",
        visibility: "org",
        versions: [
          { name: "2022.06.01", image_uri: "public.ecr.aws/saturncloud/saturn-r:2022.06.01" },
          { name: "2022.09.01", image_uri: "public.ecr.aws/saturncloud/saturn-r:2022.09.01" },
        ],
        schema_version: "2022.04.01",
      },
    ],
  };

  it("makes them, lists them, and changes nothing the second time", async () => {
    const { ask } = await desk();
    const first = await ask("POST /api/recipes/apply", { body: set });
    const second = await ask("POST /api/recipes/apply", { body: set });
    const listed = await ask("GET /api/recipes");

    expect(first).toMatchObject({
      status: 201,
      body: {
        resources: [],
        templates: [],
        images: [
          {
            spec: { name: "saturn", hardware_type: "CPU", access: "owner" },
            state: { action: "created" },
          },
          {
            spec: {
              name: "saturn-r",
              hardware_type: "NVIDIA",
              access: "org",
              supports: ["dask", "rstudio-opensource"],
            },
          },
        ],
      },
    });
    expect(second).toMatchObject({
      body: { images: [{ state: { action: "unchanged" } }, { state: { action: "unchanged" } }] },
    });
    expect(listed).toMatchObject({
      body: {
        recipes: [
          { spec: { name: "python" } },
          { spec: { name: "saturn" } },
          { spec: { name: "saturn-r" } },
        ],
      },
    });
  });

  it("takes one image alone", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/recipes/apply", { body: set.images[0] });
    expect(answer).toMatchObject({ status: 201, body: { images: [{ spec: { name: "saturn" } }] } });
  });

  it("reads the whole set before it makes any of it", async () => {
    const { ask } = await desk();
    const body = { images: [...set.images, { name: "bad", hardware_type: "cpu", verions: [] }] };
    const answer = await ask("POST /api/recipes/apply", { body });
    expect(answer).toMatchObject({
      status: 400,
      body: { code: "recipe.unknown_field", message: containing("`versions`") },
    });
    expect(await ask("GET /api/recipes?type=image&name=saturn")).toMatchObject({
      body: { recipes: [] },
    });
  });
});

describe("applying a resource in the old layout", () => {
  const resource = {
    schema_version: "2022.08.01",
    name: "hello",
    image: { owner: "acme/ada", name: "python", version: "host" },
    extra_packages: { conda: { install: "numpy" } },
    git_repositories: [{ url: "https://github.com/acme/code" }],
    job: { instance_type: "large", command: "echo hi" },
  };

  it("gives what it leaves unsaid the old defaults", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/recipes/apply", { body: resource });
    expect(answer).toMatchObject({
      status: 201,
      body: {
        resources: [
          {
            type: "job",
            spec: {
              image: "acme/ada/python:host",
              retries: 3,
              extra_packages: { conda: { use_mamba: true } },
              git_repositories: [{ on_restart: "preserve changes", public: true }],
            },
          },
        ],
      },
    });
  });

  it("finds the images of its own set", async () => {
    const { ask } = await desk();
    const mine = { name: "mine", hardware_type: "cpu", versions };
    const body = {
      resources: [{ ...resource, image: { owner: "acme/ada", name: "mine", version: "1" } }],
      images: [mine],
    };
    expect(await ask("POST /api/recipes/apply", { body })).toMatchObject({
      status: 201,
      body: { resources: [{ spec: { image: "acme/ada/mine:1" } }] },
    });
  });

  it.each([
    [{ jupyter_server: {} }, 422, "workspace"],
    [{ deployment: {} }, 422, "deployment"],
    [{ job: { instance_type: "large", comand: "x" } }, 400, "`command`"],
    [{ job: undefined }, 400, "neither"],
  ])("with %j answers %i", async (more, status, told) => {
    const { ask } = await desk();
    const answer = await ask("POST /api/recipes/apply", { body: { ...resource, ...more } });
    expect(answer.status).toBe(status);
    expect(textAt(answer.body, "message")).toContain(told);
  });

  it("takes a document of the current layout, too", async () => {
    const { ask } = await desk();
    const body = {
      type: "job",
      spec: {
        name: "hello",
        image: "acme/ada/python:host",
        instance_type: "large",
        command: "echo hi",
      },
    };
    expect(await ask("POST /api/recipes/apply", { body })).toMatchObject({
      status: 201,
      body: { resources: [{ state: { action: "created" } }] },
    });
  });

  it.each([[{}], [{ templates: [{ title: "x" }] }], [{ name: "x" }]])(
    "refuses %j",
    async (body) => {
      const { ask } = await desk();
      const answer = await ask("POST /api/recipes/apply", { body });
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(answer.status).toBeLessThan(500);
    },
  );
});
