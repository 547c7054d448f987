import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { boot, newHome, removeHome, type Server } from "./server.ts";

let server: Server;

beforeAll(async () => {
  server = await boot(await newHome());
}, 60_000);

afterAll(async () => {
  await server.end();
  await removeHome(server.home);
});

const set = {
  images: [
    {
      name: "analysis",
      hardware_type: "cpu",
      versions: [{ name: "2026.01.01", image_uri: "registry.example/analysis:2026.01.01" }],
      schema_version: "2022.04.01",
    },
    {
      name: "analysis-r",
      supports: ["dask", "rstudio-opensource"],
      hardware_type: "cpu",
      versions: [
        { name: "2026.01.01", image_uri: "registry.example/analysis-r:2026.01.01" },
        { name: "2026.02.01", image_uri: "registry.example/analysis-r:2026.02.01" },
      ],
      schema_version: "2022.04.01",
    },
  ],
};

const Applied = z.object({
  images: z.array(z.object({ state: z.object({ action: z.string() }) })),
});
const Recipes = z.object({
  recipes: z.array(z.object({ type: z.string(), spec: z.object({ name: z.string() }) })),
});

const actionsOf = (body: unknown): string[] =>
  Applied.parse(body).images.map(({ state }) => state.action);

describe("adding images by the API, as a CI pipeline does", () => {
  it("takes a set with a bearer token, again without harm, and lists what there is", async () => {
    const first = await server.ask("POST", "/api/recipes/apply", set);
    const again = await server.ask("POST", "/api/recipes/apply", set);
    const { recipes } = await server.read(Recipes, "/api/recipes");

    expect([first.status, again.status]).toEqual([201, 201]);
    expect(actionsOf(first.body)).toEqual(["created", "created"]);
    expect(actionsOf(again.body)).toEqual(["unchanged", "unchanged"]);
    const images = recipes.filter(({ type }) => type === "image").map(({ spec }) => spec.name);
    expect(images).toEqual(expect.arrayContaining(["analysis", "analysis-r"]));
  });
});
