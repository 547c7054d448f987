import { describe, expect, it } from "vitest";
import { containing, desk, textAt } from "../testing/index.ts";

const spec = {
  name: "hello",
  image: "acme/ada/python:host",
  instance_type: "large",
  command: "echo hi",
};
const recipe = (more: object = {}) => ({ type: "job", spec: { ...spec, ...more } });
const repository = (more: object) =>
  recipe({ git_repositories: [{ url: "https://a.b/c", ...more }] });

/** Why it is refused, its body, the failure's code, and what the sentence names: the thing, then the way out. */
type Refusal = readonly [why: string, body: object, code: string, says: readonly [string, string]];

const invalid: readonly Refusal[] = [
  [
    "an unknown field",
    recipe({ instance_typ: "large" }),
    "recipe.unknown_field",
    ["`instance_typ` in spec", "`instance_type`"],
  ],
  [
    "an unknown field deeper in it",
    repository({ refrence: "x" }),
    "recipe.unknown_field",
    ["spec.git_repositories.0", "`reference`"],
  ],
  [
    "an unknown field of a package",
    recipe({ extra_packages: { pip: { instal: "x" } } }),
    "recipe.unknown_field",
    ["spec.extra_packages.pip", "`install`"],
  ],
  [
    "an unknown field without likeness",
    recipe({ colour: "red" }),
    "recipe.unknown_field",
    ["`colour`", "Known are name"],
  ],
  ["a wrong type", recipe({ scale: "many" }), "input.invalid", ["spec.scale", "a number"]],
  ["no command", recipe({ command: undefined }), "input.invalid", ["spec.command", "is missing"]],
  [
    "a command that is no text",
    recipe({ command: 7 }),
    "input.invalid",
    ["spec.command", "a text, or a list of texts"],
  ],
  ["no image", recipe({ image: undefined }), "input.invalid", ["spec.image", "is missing"]],
  [
    "an impossible name",
    recipe({ name: "two words" }),
    "input.invalid",
    ["spec.name", "letters, digits and hyphens"],
  ],
  ["an owner that is none", recipe({ owner: 7 }), "input.invalid", ["spec.owner", "org/identity"]],
  [
    "a null among variables",
    recipe({ environment_variables: { A: null } }),
    "input.invalid",
    ["environment_variables.A", "a text"],
  ],
  ["a type that is none", { type: "jobs", spec }, "input.invalid", ["type", "job, image"]],
  ["no spec", { type: "job" }, "input.invalid", ["spec", "an object"]],
];

const impossible: readonly Refusal[] = [
  ["an unknown size", recipe({ instance_type: "huge" }), "size.not_found", ["huge", "medium"]],
  [
    "an unknown image",
    recipe({ image: "acme/ada/python:none" }),
    "image.unknown_reference",
    ["acme/ada/python:none", "list images"],
  ],
  [
    "an image without a version",
    recipe({ image: "python" }),
    "image.unknown_reference",
    ["python", "owner/name:version"],
  ],
  [
    "an image for CPUs at a GPU size",
    recipe({ instance_type: "g4dnxlarge" }),
    "image.hardware_mismatch",
    ["python", "NVIDIA"],
  ],
  [
    "a repository that is refused",
    repository({ url: "http://a.b/c" }),
    "repository.refused",
    ["http://a.b/c", "https"],
  ],
  [
    "secrets",
    recipe({ secrets: [{ name: "a" }] }),
    "recipe.part_unavailable",
    ["secrets", "Leave it out"],
  ],
  [
    "a cluster",
    recipe({ dask_cluster: { num_workers: 1 } }),
    "recipe.part_unavailable",
    ["dask_cluster", "Leave it out"],
  ],
  [
    "a workspace",
    { type: "workspace", spec },
    "recipe.type_unavailable",
    ["workspace", "job or image"],
  ],
  [
    "a later layout",
    { ...recipe(), schema_version: "2031.01.01" },
    "recipe.schema_unknown",
    ["2031.01.01", "update"],
  ],
];

const named = ([why, body, code, says]: Refusal, status: number) => ({
  why,
  body,
  code,
  says,
  status,
});

const cases = [
  ...invalid.map((refusal) => named(refusal, 400)),
  ...impossible.map((refusal) => named(refusal, 422)),
  named(
    [
      "an owner of someone else's",
      recipe({ owner: "acme/bob" }),
      "owner.not_found",
      ["acme/bob", "act for"],
    ],
    404,
  ),
];

describe("a recipe that cannot be carried out", () => {
  it.each(cases)(
    "is refused for $why with $status, in a sentence with the way out",
    async ({ body, status, code, says }) => {
      const { ask } = await desk();
      const answer = await ask("PUT /api/recipes", { body });
      expect(answer).toMatchObject({ status, body: { status, code } });
      for (const words of says) expect(textAt(answer.body, "message")).toContain(words);
    },
  );

  it("is refused for an image for GPUs at a CPU size", async () => {
    const { ask } = await desk();
    const versions = [{ name: "1", image_uri: "ghcr.io/acme/cuda:1" }];
    await ask("PUT /api/recipes", {
      body: { type: "image", spec: { name: "cuda", hardware_type: "NVIDIA", versions } },
    });
    const answer = await ask("PUT /api/recipes", { body: recipe({ image: "acme/ada/cuda:1" }) });
    expect(answer).toMatchObject({
      status: 422,
      body: { code: "image.hardware_mismatch", message: containing("a size with NVIDIA") },
    });
  });

  it("changes nothing", async () => {
    const { ask } = await desk();
    await ask("PUT /api/recipes", { body: recipe({ image: "acme/ada/none:1" }) });
    expect(await ask("GET /api/recipes?type=job")).toMatchObject({ body: { recipes: [] } });
  });

  it("is carried out without its unknown fields where that is asked for", async () => {
    const { ask } = await desk();
    const body = { ...repository({ colour: "red" }), viewers: [] };
    const clone = {
      ...body,
      spec: { ...body.spec, ide: null, disk_space: "10Gi", start_dind: false },
    };
    const answer = await ask("POST /api/recipes?enforce_unknown=false", { body: clone });
    expect(answer).toMatchObject({
      status: 201,
      body: { spec: { git_repositories: [{ url: "https://a.b/c" }] } },
    });
  });

  it("is refused for what is missing also where unknown fields are dropped", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/recipes?enforce_unknown=False", {
      body: recipe({ command: null, ide: "jupyter" }),
    });
    expect(answer).toMatchObject({
      status: 400,
      body: { message: containing("spec.command: is missing") },
    });
  });
});
