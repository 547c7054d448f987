import { describe, expect, it } from "vitest";
import { containing, desk } from "../testing/index.ts";

const versions = [{ name: "1", image_uri: "ghcr.io/acme/mine:1" }];
const image = (more: object = {}) => ({ type: "image", spec: { name: "mine", versions, ...more } });

describe("applying an image's recipe", () => {
  it("adds and changes versions, and removes none", async () => {
    const { ask } = await desk();
    const first = await ask("PUT /api/recipes", { body: image() });
    const again = await ask("PUT /api/recipes", { body: image() });
    const more = [
      { name: "1", image_uri: "ghcr.io/acme/mine:1b" },
      { name: "2", image_uri: "ghcr.io/acme/mine:2", archived: true },
    ];
    const changed = await ask("PUT /api/recipes", { body: image({ versions: more }) });
    const emptied = await ask("PUT /api/recipes", { body: image({ versions: [] }) });

    expect(first).toMatchObject({
      status: 201,
      body: { state: { action: "created", versions: [{ action: "created" }] } },
    });
    expect(again).toMatchObject({
      body: { state: { action: "unchanged", versions: [{ action: "unchanged" }] } },
    });
    expect(changed).toMatchObject({
      body: {
        state: { action: "updated", versions: [{ action: "updated" }, { action: "created" }] },
      },
    });
    expect(emptied).toMatchObject({
      body: { spec: { versions: [{ image_uri: "ghcr.io/acme/mine:1b" }, { archived: true }] } },
    });
  });

  it("refuses to create one whose name is taken", async () => {
    const { ask } = await desk();
    await ask("POST /api/recipes", { body: image() });
    expect(await ask("POST /api/recipes", { body: image() })).toMatchObject({
      status: 409,
      body: { code: "image.name_taken" },
    });
  });

  it("says that builds are not there, and what is, before it makes anything", async () => {
    const { ask } = await desk();
    const body = image({
      versions: [{ name: "1", image_uri: null, build_data: { base_image: "x" } }],
    });
    const answer = await ask("PUT /api/recipes", { body });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "image.build_unavailable", message: containing("image_uri") },
    });
    expect(await ask("GET /api/recipes/image/mine")).toMatchObject({ status: 404 });
  });

  it("gives an image that a job can use at once", async () => {
    const { ask } = await desk();
    await ask("PUT /api/recipes", { body: image() });
    const job = {
      type: "job",
      spec: { name: "hello", image: "acme/ada/mine:1", instance_type: "large", command: "echo hi" },
    };
    const answer = await ask("PUT /api/recipes", { body: job });
    expect(answer).toMatchObject({ status: 201, body: { spec: { image: "acme/ada/mine:1" } } });
  });
});
