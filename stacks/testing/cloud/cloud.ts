import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { empty, type Kept } from "./kept.ts";
import { object } from "./object.ts";
import { query, type Answer } from "./query.ts";

/** A stand-in for AWS on loopback. It proves the deploying side alone: nothing that it is given is checked. */
export interface Cloud extends Kept, AsyncDisposable {
  readonly url: string;
}

/** Starts a stand-in for STS, SSM, S3 and CloudFormation on a free port. */
export async function cloud(): Promise<Cloud> {
  const kept = empty();
  const server = createServer((request, response) => void answer(kept, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The stand-in has no port.");
  return {
    ...kept,
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function answer(
  kept: Kept,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const body = await buffer(request);
  const isJson = request.headers["x-amz-target"] !== undefined;
  const { status, body: text } = isJson ? parameter : routed(kept, request, body);
  response.writeHead(status, {
    "content-type": isJson ? "application/x-amz-json-1.1" : "text/xml",
    etag: '"1"',
  });
  response.end(request.method === "HEAD" ? undefined : text);
}

/** The one parameter that is asked of SSM: the version of the bootstrap. */
const parameter: Answer = {
  status: 200,
  body: JSON.stringify({ Parameter: { Name: "version", Type: "String", Value: "21", Version: 1 } }),
};

function routed(
  kept: Kept,
  { method = "GET", url = "/", headers }: IncomingMessage,
  body: Buffer,
): Answer {
  const isForm = headers["content-type"]?.includes("urlencoded") ?? false;
  if (isForm) return query(kept, new URLSearchParams(body.toString()));
  const { pathname, searchParams } = new URL(url, "http://127.0.0.1");
  return object(kept, { method, path: decodeURIComponent(pathname), query: searchParams, body });
}
