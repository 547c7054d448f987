import { describe, expect, it } from "vitest";
import { at, desk, type Wish } from "../testing/index.ts";
import { failures } from "../kit/index.ts";
import { statusOf } from "./failure.ts";
import { routes } from "./routes.ts";
import { compile } from "./router.ts";
import type { Route } from "./route.ts";

const table: [string, Route][] = Object.entries(routes);
const pathOf = (key: string) => key.replaceAll(/\{\w+\}/g, "0".repeat(32));
const split = (key: string): [string, string] => [key.split(" ")[0] ?? "", key.split(" ")[1] ?? ""];

describe("every route", () => {
  it.each(table.filter(([, { access }]) => access !== "public"))(
    "%s refuses a caller without a token",
    async (key) => {
      const { ask } = await desk();
      const [method, path] = split(pathOf(key));
      const wishes: Wish[] = [
        {},
        { headers: { authorization: "Bearer nonsense" } },
        { headers: { authorization: "Ticket nonsense" } },
      ];
      for (const wish of wishes) {
        expect(await ask(`${method} ${path}`, { ...wish, as: "nobody" })).toMatchObject({
          status: 401,
          body: { status: 401 },
        });
      }
    },
  );

  it.each(table.filter(([, { access }]) => access === "token"))(
    "%s answers whatever is sent to it with something else than 500",
    async (key) => {
      const { ask } = await desk();
      const [method, path] = split(key.replaceAll(/\{\w+\}/g, "%00x"));
      for (const body of [undefined, {}, { name: {}, spec: [], image_uri: 1, version: null }]) {
        const answer = await ask(`${method} ${path}?page_size=x&next_key=.&descending=1`, { body });
        expect(answer.status).not.toBe(500);
      }
    },
  );

  it.each(table)("%s is reached by its own path", (key) => {
    const router = compile(routes);
    const [method, path] = split(key);
    expect(router.match(method, path).key).toBe(key);
  });
});

describe("the API document", () => {
  const document = async () =>
    (await (await desk()).ask("GET /api/openapi.json", { as: "nobody" })).body;

  it("has every route, with a summary, its parameters and an answer", async () => {
    const body = await document();
    for (const [key, route] of table) {
      const [method, path] = split(key);
      const operation = at(body, "paths", path, method.toLowerCase());
      expect(operation).toMatchObject({
        summary: route.summary,
        responses: { [route.status]: { description: expect.anything() } },
      });
      const parameters = JSON.stringify(at(operation, "parameters") ?? []);
      for (const [, name] of path.matchAll(/\{(\w+)\}/g))
        expect(parameters).toContain(`{"name":"${name}","in":"path","required":true`);
    }
  });

  it("names each operation once", async () => {
    const paths = Object.values(Object(at(await document(), "paths")));
    const ids = paths
      .flatMap((path) => Object.values(Object(path)))
      .map((operation) => at(operation, "operationId"));
    expect(new Set(ids).size).toBe(table.length);
  });

  it("has every failure under the status of its kind", async () => {
    const body = await document();
    // Test files that share a process may have declared samples of their own meanwhile.
    const known = failures().filter(({ code }) => !/^(?:sample|test)\./.test(code));
    for (const { kind, code } of known) {
      expect(JSON.stringify(at(body, "components", "responses", kind))).toContain(`"${code}"`);
      expect(at(body, "paths", "/api/user", "get", "responses", statusOf[kind])).toEqual({
        $ref: `#/components/responses/${kind}`,
      });
    }
  });

  it("points at nothing that is not in it", async () => {
    const body = await document();
    const references = [...JSON.stringify(body).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
      ([, path]) => path ?? "",
    );
    expect(references.length).toBeGreaterThan(100);
    for (const path of references) expect(at(body, ...path.split("/")), path).toBeDefined();
  });

  it("forbids no further fields in answers, and says where bodies refuse them", async () => {
    const schemas = at(await document(), "components", "schemas");
    expect(at(schemas, "Job")).not.toHaveProperty("additionalProperties");
    expect(at(schemas, "JobRecipeDocument", "properties", "spec")).toHaveProperty(
      "additionalProperties",
      false,
    );
  });
});
