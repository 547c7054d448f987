import { request } from "node:http";
import { connect } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { Http } from "@cassini/core/http";
import { listen, type HttpServer } from "./http.ts";

const servers: HttpServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.drain()));
});

const echo: Http.Handler = async ({ method, path, query, headers, body }) => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({
    method,
    path,
    query: query.toString(),
    agent: headers["user-agent"],
    bytes: body.length,
  }),
});
const stranger: Http.Handler = async () => ({ status: 421, headers: {}, body: "" });
const other: Http.Handler = async () => ({ status: 404, headers: {}, body: "an app's" });

async function serving(platform: Http.Handler = echo): Promise<HttpServer> {
  const server = await listen("127.0.0.1", 0);
  servers.push(server);
  server.attach({ platform, app: other, stranger, largestBody: Http.largestBody });
  return server;
}

interface Told {
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

function ask(
  server: HttpServer,
  of: { host?: string; method?: string; path?: string; body?: Buffer } = {},
): Promise<Told> {
  const { host = `127.0.0.1:${server.port}`, method = "GET", path = "/", body } = of;
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: "127.0.0.1", port: server.port, method, path, headers: { host }, agent: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (piece: string) => (text += piece));
        answer.on("end", () =>
          resolve({ status: answer.statusCode ?? 0, text, headers: answer.headers }),
        );
      },
    );
    asked.on("error", reject);
    asked.end(body);
  });
}

describe("the server on its port", () => {
  it("hands over method, path as it was written, query and body", async () => {
    const server = await serving();
    const { text } = await ask(server, {
      method: "PUT",
      path: "/api/a%2Fb?x=1&y=%20",
      body: Buffer.alloc(70_000),
    });
    expect(JSON.parse(text)).toMatchObject({
      method: "PUT",
      path: "/api/a%2Fb",
      query: "x=1&y=+",
      bytes: 70_000,
    });
  });

  it.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "localhost.evil.example",
    "apps.localhost.evil",
    "10.0.0.1",
    "",
  ])("has strangers answer a request addressed to %s", async (name) => {
    const server = await serving();
    expect((await ask(server, { host: `${name}:${server.port}` })).status).toBe(421);
  });

  it("refuses its own name at another port", async () => {
    const server = await serving();
    expect((await ask(server, { host: "127.0.0.1:1" })).status).toBe(421);
  });

  it.each(["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])("answers to %s", async (name) => {
    const server = await serving();
    expect((await ask(server, { host: `${name}:${server.port}` })).status).toBe(200);
  });

  it("never answers as the platform below apps.localhost", async () => {
    const server = await serving();
    expect(await ask(server, { host: `nb.apps.localhost:${server.port}` })).toMatchObject({
      status: 404,
      text: "an app's",
    });
  });

  it("stops reading a body once it is too large, and still answers", async () => {
    const server = await serving();
    const { text } = await ask(server, {
      method: "POST",
      body: Buffer.alloc(3 * Http.largestBody),
    });
    const { bytes } = JSON.parse(text);
    expect(bytes).toBeGreaterThan(Http.largestBody);
    expect(bytes).toBeLessThan(2 * Http.largestBody);
  });

  it("keeps requests that come before it is ready", async () => {
    const server = await listen("127.0.0.1", 0);
    servers.push(server);
    const early = ask(server);
    server.attach({ platform: echo, app: other, stranger, largestBody: Http.largestBody });
    expect((await early).status).toBe(200);
  });

  it("says which port is taken, and by what it can be replaced", async () => {
    const { port } = await serving();
    await expect(listen("127.0.0.1", port)).rejects.toMatchObject({
      code: "server.port_taken",
      message: expect.stringContaining(`--port ${port + 1}`),
    });
  });

  it("says that an address is not this machine's", async () => {
    await expect(listen("192.0.2.1", 0)).rejects.toMatchObject({ code: "server.cannot_listen" });
  });

  it("survives what is no request at all", async () => {
    const server = await serving();
    const said = await new Promise<string>((resolve) => {
      const socket = connect(server.port, "127.0.0.1", () =>
        socket.write("\u0000\u0001 nonsense\r\n\r\n"),
      );
      let text = "";
      socket.on("data", (piece) => (text += piece.toString())).on("close", () => resolve(text));
    });
    expect(said).toContain("400");
    expect((await ask(server)).status).toBe(200);
  });
});

describe("a server that is to stop", () => {
  it("lets a change in flight end, and takes no other", async () => {
    const arrived = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const server = await serving(async (asked) => {
      arrived.resolve();
      await finish.promise;
      return echo(asked);
    });
    const inFlight = ask(server, { method: "POST" });
    await arrived.promise;

    const drained = server.drain();
    await expect(ask(server)).rejects.toThrow("ECONNREFUSED");
    finish.resolve();

    expect((await inFlight).status).toBe(200);
    await drained;
  });

  it("tells those who wait for news to ask again, within half a second", async () => {
    const arrived = Promise.withResolvers<void>();
    const server = await serving(() => {
      arrived.resolve();
      return new Promise(() => undefined);
    });
    const waiting = ask(server);
    await arrived.promise;
    const began = performance.now();

    await server.drain();

    expect(performance.now() - began).toBeLessThan(800);
    expect(await waiting).toMatchObject({ status: 503, headers: { "retry-after": "2" } });
  });
});
