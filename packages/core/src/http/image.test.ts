import { describe, expect, it } from "vitest";
import { containing, desk, textAt } from "../testing/index.ts";

describe("an image by the typed API", () => {
  it("is made, then given a version that a job can use", async () => {
    const { ask } = await desk();
    const image = await ask("POST /api/images", {
      body: { name: "mine", supports: ["jupyterlab"], description: null, access: "org" },
    });
    const id = textAt(image.body, "id");
    const tag = await ask(`POST /api/images/${id}/tags`, {
      body: { image_uri: "ghcr.io/acme/mine:7" },
    });

    expect(image).toMatchObject({
      status: 201,
      body: { hardware_type: "CPU", is_gpu: false, access: "org", owner: { name: "acme/ada" } },
    });
    expect(tag).toMatchObject({
      status: 201,
      body: { version: "7", is_external: true, status: "built", image: { id } },
    });
    expect(await ask(`GET /api/images/${id}/tags/${textAt(tag.body, "id")}`)).toMatchObject({
      status: 200,
      body: tag.body,
    });
    expect(await ask(`GET /api/images/${id}/tags?version=7`)).toMatchObject({
      body: { image_tags: [{ version: "7" }] },
    });
    expect(await ask(`GET /api/images/${id}/tags?archived=true`)).toMatchObject({
      body: { image_tags: [] },
    });
  });

  it("cannot be built yet, and says what can be done", async () => {
    const { ask } = await desk();
    const id = textAt((await ask("POST /api/images", { body: { name: "mine" } })).body, "id");
    const answer = await ask(`POST /api/images/${id}/tags`, {
      body: { version: "1", build_data: { base_image: "x" } },
    });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "image.build_unavailable", message: containing("image_uri") },
    });
  });

  it("has each version name and each owner each image name once", async () => {
    const { ask } = await desk();
    const id = textAt((await ask("POST /api/images", { body: { name: "mine" } })).body, "id");
    const body = { image_uri: "ghcr.io/acme/mine:7", version: "7" };
    await ask(`POST /api/images/${id}/tags`, { body });
    expect(await ask(`POST /api/images/${id}/tags`, { body })).toMatchObject({
      status: 409,
      body: { code: "image.version_taken" },
    });
    expect(await ask("POST /api/images", { body: { name: "mine" } })).toMatchObject({
      status: 409,
      body: { code: "image.name_taken" },
    });
  });

  it("is seen by its audience alone, and changed by its owner alone", async () => {
    const { ask } = await desk();
    const own = textAt((await ask("POST /api/images", { body: { name: "own" } })).body, "id");
    const shared = textAt(
      (await ask("POST /api/images", { body: { name: "shared", access: "org" } })).body,
      "id",
    );
    expect(await ask(`GET /api/images/${own}`, { as: "bob" })).toMatchObject({
      status: 404,
      body: { code: "image.not_found" },
    });
    expect(await ask(`GET /api/images/${shared}`, { as: "bob" })).toMatchObject({ status: 200 });
    expect(await ask("GET /api/images?access=org", { as: "bob" })).toMatchObject({
      body: { images: [{ name: "shared" }] },
    });
    const body = { image_uri: "ghcr.io/acme/evil:1" };
    expect(await ask(`POST /api/images/${shared}/tags`, { as: "bob", body })).toMatchObject({
      status: 404,
    });
  });

  it("is found by hardware and by what it supports", async () => {
    const { ask } = await desk();
    await ask("POST /api/images", {
      body: { name: "cuda", hardware_type: "NVIDIA", supports: ["dask"] },
    });
    expect(await ask("GET /api/images?hardware_type=NVIDIA")).toMatchObject({
      body: { images: [{ name: "cuda", is_gpu: true }] },
    });
    expect(await ask("GET /api/images?supports=dask")).toMatchObject({
      body: { images: [{ name: "cuda" }] },
    });
    expect(await ask("GET /api/images?is_base=True")).toMatchObject({ body: { images: [] } });
  });

  it("is what the form for a job proposes, if everybody may use it", async () => {
    const { ask } = await desk();
    const { body } = await ask("GET /api/jobs/info");
    expect(body).toMatchObject({
      default_images: { CPU: { image_uri: "host:python3" } },
      default_sizes: { CPU: { name: "medium" }, NVIDIA: { name: "g4dnxlarge" } },
    });
    expect(body).not.toHaveProperty("default_images.NVIDIA");
  });
});
