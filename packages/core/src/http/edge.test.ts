import { describe, expect, it } from "vitest";
import { containing, asking, desk, requestOf, textAt } from "../testing/index.ts";
import { edge } from "./edge.ts";
import { largestBody } from "./message.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

describe("a body", () => {
  it("is read by the route, whatever its Content-Type says", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/images", {
      body: { name: "mine" },
      headers: { "content-type": "text/plain" },
    });
    expect(answer.status).toBe(201);
  });

  it("may be empty although it is called JSON", async () => {
    const { ask } = await desk();
    const answer = await ask("GET /api/jobs", { headers: { "content-type": "application/json" } });
    expect(answer.status).toBe(200);
  });

  it("that is not JSON is refused with the place of the first misfit", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/images", { bytes: utf8('{\n  "name": mine\n}') });
    expect(answer).toMatchObject({
      status: 400,
      body: {
        code: "body.not_json",
        message: containing("line 2, column 11 there is `m`"),
      },
    });
  });

  it("that is too large is refused with both sizes", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/images", { bytes: new Uint8Array(largestBody + 1) });
    expect(answer).toMatchObject({ status: 413, body: { code: "body.too_large" } });
    expect(textAt(answer.body, "message")).toContain(String(largestBody + 1));
  });

  it("cannot say what the path says", async () => {
    const { ask } = await desk();
    const image = await ask("POST /api/images", { body: { name: "mine" } });
    const id = textAt(image.body, "id");
    const answer = await ask(`GET /api/images/${id}?id=${"0".repeat(32)}`);
    expect(answer).toMatchObject({ status: 200, body: { id } });
  });
});

describe("an answer", () => {
  it("names what can be asked of a path that does not know the method", async () => {
    const { ask } = await desk();
    const answer = await ask("PATCH /api/recipes");
    expect(answer).toMatchObject({
      status: 405,
      headers: { allow: "GET, POST, PUT" },
      body: { code: "route.method_not_allowed" },
    });
    expect(textAt(answer.body, "message")).toContain("GET, POST, PUT");
  });

  it("says where to look when there is no such path", async () => {
    const { ask } = await desk();
    const answer = await ask("GET /api/nothing");
    expect(answer).toMatchObject({
      status: 404,
      body: { message: containing("/api/openapi.json") },
    });
  });

  it("carries the id that the client gave its request, if it can be one", async () => {
    const { ask } = await desk();
    const kept = await ask("GET /api/status", { headers: { "x-request-id": "trace-1.a_b" } });
    const own = await ask("GET /api/status", { headers: { "x-request-id": "two\nlines" } });
    expect(kept.headers["x-request-id"]).toBe("trace-1.a_b");
    expect(own.headers["x-request-id"]).toMatch(/^[0-9a-f]{32}$/);
  });

  it("is never kept, framed or taken for something else", async () => {
    const { ask } = await desk();
    const { headers } = await ask("GET /api/user");
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "content-security-policy": containing("frame-ancestors 'none'"),
      "x-content-type-options": "nosniff",
    });
  });

  it("keeps what is broken to itself, and tells it to whoever can mend it", async () => {
    const { world, tokenFor } = await desk();
    const told: unknown[] = [];
    const route = asking(() => Promise.reject(new Error("the password is 1234")));
    const handle = edge(world, {
      routes: { "GET /api/broken": route },
      onBroken: (error, id) => told.push(error, id),
    });
    const authorization = `token ${await tokenFor(world.ada)}`;

    const answer = await handle(
      requestOf("GET /api/broken", { headers: { authorization, "x-request-id": "r1" } }),
    );

    expect(answer.status).toBe(500);
    expect(JSON.parse(answer.body)).toMatchObject({ code: "platform.broken", status: 500 });
    expect(answer.body).not.toContain("1234");
    expect(told).toEqual([expect.objectContaining({ message: "the password is 1234" }), "r1"]);
  });

  it("that does not fit its own schema is broken, where answers are checked", async () => {
    const { world, tokenFor } = await desk();
    const told: unknown[] = [];
    const route = asking(async () => JSON.parse('{"name":1}'));
    const handle = edge(world, {
      routes: { "GET /api/odd": route },
      strict: true,
      onBroken: (error) => told.push(error),
    });
    const authorization = `token ${await tokenFor(world.ada)}`;

    expect(await handle(requestOf("GET /api/odd", { headers: { authorization } }))).toMatchObject({
      status: 500,
    });
    expect(String(told[0])).toContain("GET /api/odd");
  });
});

describe("the record of a request", () => {
  it("names the route's pattern, who asked and what came of it, and nothing that was sent", async () => {
    const { world, ask, records } = await desk();
    await ask(`GET /api/jobs/${"0".repeat(32)}?secret=1`, { headers: { "x-request-id": "r2" } });
    expect(records).toEqual([
      {
        method: "GET",
        route: "GET /api/jobs/{id}",
        status: 404,
        ms: 0,
        actor: world.ada.actor,
        code: "job.not_found",
        requestId: "r2",
      },
    ]);
  });
});
