import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";

export interface Asked {
  readonly method: "POST" | "PUT";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}
export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** Sends a request and answers with whatever comes back; fails where nothing does. */
export type Send = (asked: Asked) => Promise<Answer>;

/** The longest that an answer may take to come. */
const patience = 30_000;
/** The longest answer that is read: a bundle holds files of at most 256 KB, each character at worst escaped by six. */
const longest = 8 * 1024 * 1024;

/** A client over few connections that are kept open. */
export function httpClient(connections: number): Send {
  const options = { keepAlive: true, maxSockets: connections, scheduling: "lifo" } as const;
  const agents = { "http:": new PlainAgent(options), "https:": new SecureAgent(options) };
  return ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const secure = url.startsWith("https:");
      const length = String(typeof body === "string" ? Buffer.byteLength(body) : body.length);
      const settings = {
        method,
        headers: { ...headers, "content-length": length },
        agent: agents[secure ? "https:" : "http:"],
        timeout: patience,
      };
      const call = (secure ? secureRequest : plainRequest)(url, settings, (answer) => {
        textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }), reject);
      });
      call.on("timeout", () =>
        call.destroy(new Error(`No answer within ${patience / 1000} seconds.`)),
      );
      call.on("error", reject);
      call.end(body);
    });
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let length = 0;
  for await (const piece of answer) {
    if (!Buffer.isBuffer(piece)) continue;
    length += piece.length;
    if (length > longest) throw new Error(`The answer is longer than ${longest} bytes.`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString("utf8");
}
