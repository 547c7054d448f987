import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import type { Http } from "@cassini/core/http";
import { bodyOf } from "./body.ts";
import { addressed, type Addressed, type Bound } from "./host.ts";
import { portTrouble } from "../trouble.ts";

/** What answers requests, by whom they were addressed to, and how many bytes a request may carry. */
export type Handlers = Readonly<Record<Addressed, Http.Handler>> & { readonly largestBody: number };

export interface HttpServer {
  readonly port: number;
  /** Gives the requests to their handlers; those that have come before this wait for it. */
  attach(handlers: Handlers): void;
  /** Takes no request any more and ends when none is in flight; those that only wait for news are told to ask again. */
  drain(): Promise<void>;
}

interface Flight {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** How long those in flight may take once the server is to stop: all of them, and those that change something. */
const patience = { first: 300, last: 10_000 };

/** Listens on the address. Fails with `server.port_taken` or `server.cannot_listen`. */
export async function listen(host: string, port: number): Promise<HttpServer> {
  const server = createServer({
    headersTimeout: 10_000,
    requestTimeout: 60_000,
    keepAliveTimeout: 30_000,
  });
  const flights = new Set<Flight>();
  const handlers = Promise.withResolvers<Handlers>();
  let bound = { host, port };
  server.on("request", (request, response) => {
    const flight = { request, response };
    flights.add(flight);
    response.once("close", () => flights.delete(flight));
    void serve(flight, { bound, handlers: handlers.promise });
  });
  bound = { host, port: await opened(server, host, port) };
  return { port: bound.port, attach: handlers.resolve, drain: () => drain(server, flights) };
}

function opened(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(portTrouble(error, { host, port })));
    server.listen({ host, port }, () => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a server that listens on a port has such an address
      resolve((server.address() as AddressInfo).port);
    });
  });
}

interface Serving {
  readonly bound: Bound;
  readonly handlers: Promise<Handlers>;
}

async function serve({ request, response }: Flight, { bound, handlers }: Serving): Promise<void> {
  try {
    const { [addressed(request.headers.host, bound)]: handler, largestBody } = await handlers;
    answer(response, await handler(await read(request, largestBody)));
  } catch {
    // Reading failed because the client has gone, or what it sent is no request: nobody waits for an answer.
    response.destroy();
  }
}

async function read(request: IncomingMessage, largestBody: number): Promise<Http.Request> {
  const [path = "/", query = ""] = (request.url ?? "/").split(/\?(.*)/s);
  return {
    method: request.method ?? "GET",
    path,
    query: new URLSearchParams(query),
    headers: headersOf(request),
    body: await bodyOf(request, largestBody),
  };
}

const headersOf = ({ headers }: IncomingMessage): Http.Request["headers"] =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(", ")] as const),
  );

function answer(response: ServerResponse, { status, headers, body }: Http.Response): void {
  if (response.writableEnded || response.destroyed) return;
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(response.req.method === "HEAD" ? "" : body);
}

async function drain(server: Server, flights: ReadonlySet<Flight>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  for (const { response } of flights)
    if (!response.headersSent) response.setHeader("connection", "close");
  await Promise.race([closed, sleep(patience.first)]);
  for (const { request, response } of flights) if (request.method === "GET") askAgain(response);
  await Promise.race([closed, sleep(patience.last)]);
  server.closeAllConnections();
}

function askAgain(response: ServerResponse): void {
  const told = {
    message: "The server is stopping. Ask again in a moment.",
    code: "server.stopping",
    status: 503,
  };
  const headers = { "content-type": "application/json", "retry-after": "2" };
  answer(response, { status: 503, headers, body: JSON.stringify(told) });
}
