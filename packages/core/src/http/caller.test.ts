import { describe, expect, it } from "vitest";
import { containing, desk } from "../testing/index.ts";

describe("who may ask", () => {
  it.each(["token", "Token ", "BEARER", "bearer   "])("takes the scheme %j", async (scheme) => {
    const { world, ask, tokenFor } = await desk();
    const token = await tokenFor(world.ada);
    const answer = await ask("GET /api/user", {
      as: "nobody",
      headers: { authorization: `${scheme} ${token}` },
    });
    expect(answer).toMatchObject({ status: 200, body: { username: "ada" } });
  });

  it.each(["Basic YTpi", "token", "cassini_x", ""])(
    "does not take the header %j",
    async (authorization) => {
      const { ask } = await desk();
      const answer = await ask("GET /api/user", { as: "nobody", headers: { authorization } });
      expect(answer).toMatchObject({ status: 401, body: { code: "token.missing", status: 401 } });
    },
  );

  it("names a token that it does not know", async () => {
    const { ask } = await desk();
    const answer = await ask("GET /api/user", {
      as: "nobody",
      headers: { authorization: "Bearer cassini_unknown" },
    });
    expect(answer).toMatchObject({ status: 401, body: { code: "token.unknown" } });
  });

  it("says of an expired token that it is expired, which is what clients look for before they refresh it", async () => {
    const { world, ask, tokenFor } = await desk();
    const token = await tokenFor(world.ada, new Date(world.clock.now() + 60_000).toISOString());
    const headers = { authorization: `Bearer ${token}` };
    expect(await ask("GET /api/user", { as: "nobody", headers })).toMatchObject({ status: 200 });

    await world.clock.wait(3600);

    const answer = await ask("GET /api/user", { as: "nobody", headers });
    expect(answer).toMatchObject({
      status: 401,
      body: { message: containing("expired") },
    });
  });

  it("looks a token up again after five seconds, so that an ended one is soon refused", async () => {
    const { world, ask, tokenFor } = await desk();
    const token = await tokenFor(world.ada, new Date(world.clock.now() + 2000).toISOString());
    const headers = { authorization: `Bearer ${token}` };
    await ask("GET /api/user", { as: "nobody", headers });

    await world.clock.wait(6);

    expect(await ask("GET /api/user", { as: "nobody", headers })).toMatchObject({ status: 401 });
  });

  it("does not open a route of tasks to a token, nor any other route to a ticket", async () => {
    const { ask } = await desk();
    expect(await ask(`POST /api/tasks/${"a".repeat(32)}/1/bundle`)).toMatchObject({
      status: 401,
      body: { code: "task.ticket_invalid" },
    });
    const answer = await ask("GET /api/user", {
      as: "nobody",
      headers: { authorization: "Ticket abc" },
    });
    expect(answer).toMatchObject({ status: 401, body: { code: "token.missing" } });
  });
});

describe("a signed-in browser", () => {
  it("reads with its cookie, wherever the request comes from", async () => {
    const { world, ask, tokenFor } = await desk();
    const cookie = `other=1; cassini_session=${await tokenFor(world.ada)}; more=2`;
    expect(await ask("GET /api/user", { as: "nobody", headers: { cookie } })).toMatchObject({
      status: 200,
    });
  });

  it.each([
    [{ "sec-fetch-site": "same-origin" }, 201],
    [{ "sec-fetch-site": "none" }, 201],
    [{ origin: "http://127.0.0.1:8080" }, 201],
    [{ "sec-fetch-site": "same-site" }, 403],
    [{ "sec-fetch-site": "cross-site" }, 403],
    [{ origin: "http://127.0.0.1:8080.example.com" }, 403],
    [{ origin: "null" }, 403],
    [{}, 403],
  ])("changes something with its cookie and %j: %i", async (headers, status) => {
    const { world, ask, tokenFor } = await desk();
    const cookie = `cassini_session=${await tokenFor(world.ada)}`;
    const answer = await ask("POST /api/images", {
      as: "nobody",
      headers: { cookie, ...headers },
      body: { name: "mine" },
    });
    expect(answer.status).toBe(status);
  });

  it("is not asked where it comes from when it sends a token", async () => {
    const { ask } = await desk();
    const answer = await ask("POST /api/images", {
      headers: { cookie: "cassini_session=x", "sec-fetch-site": "cross-site" },
      body: { name: "mine" },
    });
    expect(answer.status).toBe(201);
  });
});
