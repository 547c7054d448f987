import { describe, expect, it } from "vitest";
import { at, containing, desk, textAt } from "../testing/index.ts";

const spec = {
  name: "hello",
  image: "acme/ada/python:host",
  instance_type: "large",
  command: "echo hi",
};
const recipe = (more: object = {}) => ({ type: "job", spec: { ...spec, ...more } });

describe("the list of recipes", () => {
  it("goes over jobs and images with one key, and loses none", async () => {
    const { ask } = await desk();
    for (const name of ["a", "b", "c"]) await ask("PUT /api/recipes", { body: recipe({ name }) });
    await ask("PUT /api/recipes", { body: { type: "image", spec: { name: "mine" } } });
    const names: string[] = [];
    let key: unknown = "";
    let requests = 0;
    do {
      const { body } = await ask(
        `GET /api/recipes?page_size=2&${requests % 2 ? "last_key" : "next_key"}=${String(key)}`,
      );
      for (const place of [0, 1])
        names.push(
          `${textAt(body, "recipes", place, "type")} ${textAt(body, "recipes", place, "spec", "name")}`,
        );
      key = at(body, "next_key");
      expect(at(body, "next_last_key")).toBe(key);
      requests += 1;
    } while (key !== undefined && requests < 9);
    expect(names).toEqual([
      "job a",
      "job b",
      "job c",
      "image mine",
      "image python",
      "undefined undefined",
    ]);
  });

  it("begins with what the name begins with", async () => {
    const { ask } = await desk();
    for (const name of ["train-a", "train-b", "test"])
      await ask("PUT /api/recipes", { body: recipe({ name }) });
    const { body } = await ask("GET /api/recipes?name=train&type=job");
    expect(body).toMatchObject({
      recipes: [{ spec: { name: "train-a" } }, { spec: { name: "train-b" } }],
    });
  });

  it.each(["x", "job.x", "job.eyJ9.abc", "image.x.y", "."])(
    "refuses the key %j, which it never gave",
    async (key) => {
      const { ask } = await desk();
      const answer = await ask(`GET /api/recipes?next_key=${key}`);
      expect(answer).toMatchObject({
        status: 400,
        body: { code: "page.cursor_invalid", message: containing("first page") },
      });
    },
  );

  it("has nothing of the types that are not there", async () => {
    const { ask } = await desk();
    expect(await ask("GET /api/recipes?type=workspace")).toMatchObject({
      status: 200,
      body: { recipes: [] },
    });
    expect(await ask("GET /api/recipes/workspace/hello")).toMatchObject({
      status: 404,
      body: { code: "recipe.not_found" },
    });
  });
});
