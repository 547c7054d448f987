import * as z from "zod";
import { failures, kinds, type Kind } from "../kit/index.ts";
import type { Platform } from "../platform.ts";
import { answers, requests } from "./components.ts";
import { statusOf } from "./failure.ts";
import type { Access, Route } from "./route.ts";

type Table = Readonly<Record<string, Route>>;
type Json = Readonly<Record<string, unknown>>;

/** Descriptions that were made before: they cost a thousand times what looking them up costs. */
const made = new WeakMap<Table, Json>();

/** The OpenAPI 3.1 description of a table of routes: made from what checks the requests and the answers, so it cannot lie. */
export function documentOf(table: Table, { version }: Platform): Json {
  const description = made.get(table) ?? describe(table);
  made.set(table, description);
  return { openapi: "3.1.0", info: { title: "Cassini", version }, ...description };
}

function describe(table: Table): Json {
  return {
    servers: [{ url: "/" }],
    security: [{ token: [] }],
    paths: pathsOf(table),
    components: {
      securitySchemes: {
        token: { type: "http", scheme: "bearer" },
        ticket: {
          type: "apiKey",
          in: "header",
          name: "Authorization",
          description: "`Ticket` and the ticket of a task",
        },
      },
      responses: Object.fromEntries(kindsInUse().map((kind) => [kind, refusal(kind)])),
      schemas: { Failure, ...schemasOf(requests, "input"), ...schemasOf(answers, "output") },
    },
  };
}

const Failure: Json = {
  type: "object",
  required: ["message", "code", "status"],
  properties: {
    message: { type: "string" },
    code: { type: "string" },
    status: { type: "integer" },
  },
};

const pathTo = (name: string): string => `#/components/schemas/${name}`;

function pathsOf(table: Table): Json {
  const paths = new Map<string, Record<string, Json>>();
  for (const [key, route] of Object.entries(table)) {
    const [method = "", path = ""] = key.split(" ");
    const operations = paths.get(path) ?? {};
    paths.set(path, { ...operations, [method.toLowerCase()]: operation(key, route) });
  }
  return Object.fromEntries(paths);
}

const securityOf: Readonly<Record<Access, readonly Json[]>> = {
  token: [{ token: [] }],
  ticket: [{ ticket: [] }],
  public: [],
};

function operation(key: string, route: Route): Json {
  const parameters = [...pathParameters(key), ...queryParameters(route)];
  const refusals = kindsInUse().map((kind) => [
    String(statusOf[kind]),
    { $ref: `#/components/responses/${kind}` },
  ]);
  return {
    operationId: operationId(key),
    summary: route.summary,
    security: securityOf[route.access],
    ...(parameters.length > 0 && { parameters }),
    ...(route.takes !== "nothing" && { requestBody: requestBody(route) }),
    responses: { [String(route.status)]: response(route), ...Object.fromEntries(refusals) },
  };
}

/** `GET /api/jobs/{id}/logs` is `get_jobs_id_logs`. */
const operationId = (key: string): string =>
  key
    .toLowerCase()
    .replace(" /api/", "_")
    .replaceAll(/[{}]/g, "")
    .replaceAll(/[^a-z0-9]+/g, "_");

const pathParameters = (key: string): Json[] =>
  Array.from(key.matchAll(/\{(\w+)\}/g), ([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

function queryParameters({ query }: Route): Json[] {
  if (!query) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(query, {
    io: "input",
    unrepresentable: "any",
  });
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: "query",
    required: required.includes(name),
    schema,
  }));
}

function requestBody({ takes, body, bodyShape }: Route): Json {
  if (takes === "bytes") return { required: true, content: { "application/octet-stream": {} } };
  const schema = bodyShape ?? body;
  return {
    content: { "application/json": { schema: schema ? described(schema, requests, "input") : {} } },
  };
}

function response({ answer }: Route): Json {
  if (!answer) return { description: "Done" };
  return {
    description: "The answer",
    content: { "application/json": { schema: described(answer, answers, "output") } },
  };
}

/** A reference to a schema that has a name, or the schema as it is with references to those within it. */
function described(
  schema: z.ZodType,
  named: Readonly<Record<string, z.ZodType>>,
  io: "input" | "output",
): unknown {
  const known = Object.entries(named).find(([, candidate]) => candidate === schema)?.[0];
  if (known !== undefined) return { $ref: pathTo(known) };
  return schemasOf({ ...named, [unnamed]: schema }, io)[unnamed];
}

const unnamed = "unnamed";

/** JSON Schemas with references among each other. What is answered may gain fields, so no answer forbids more. */
function schemasOf(named: Readonly<Record<string, z.ZodType>>, io: "input" | "output"): Json {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: pathTo,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      if (io === "output" && jsonSchema.additionalProperties === false)
        delete jsonSchema.additionalProperties;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _schema, $id: _id, ...schema }]) => [
      name,
      schema,
    ]),
  );
}

const kindsInUse = (): readonly Kind[] =>
  kinds.filter((kind) => failures().some((known) => known.kind === kind));

/** What a kind of failure looks like, with every code that it may have and its sentence. */
function refusal(kind: Kind): Json {
  const known = failures().filter((failure) => failure.kind === kind);
  return {
    description: known.map(({ code, example }) => `\`${code}\`: ${example}`).join("\n\n"),
    content: {
      "application/json": {
        schema: {
          allOf: [
            { $ref: pathTo("Failure") },
            { properties: { code: { enum: known.map(({ code }) => code) } } },
          ],
        },
      },
    },
  };
}
