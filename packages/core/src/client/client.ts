import { ReplyForeign, Refused, Unreachable } from "./failure.ts";
import { requestOf, type Fetch } from "./request.ts";
import type { AnswerOf, InputOf, RouteName, SentOptions } from "./table.ts";

export * from "./failure.ts";
export type { Finding } from "./local.ts";
export type { Fetch } from "./request.ts";
export type { AnswerOf, InputOf, RouteName } from "./table.ts";

/**
 * Asks one route, whose text is its own address: `await api("POST /api/jobs/{id}/start", { id })`.
 * Of the input, what the path names goes there; the rest is the query of GET and DELETE, and the body of all others.
 * Fails with a `Refused` that carries the server's kind, code and sentence, or with `server.unreachable`.
 */
export type Api = <Name extends RouteName>(
  name: Name,
  input: InputOf<Name>,
  options?: SentOptions<Name>,
) => Promise<AnswerOf<Name>>;

export interface Options {
  /** Scheme, host and port. */
  readonly baseUrl: string;
  readonly token?: string | undefined;
  /** The platform's own `fetch`, or whatever behaves like it. */
  readonly fetch: Fetch;
}

/** The API of one server, as one caller. */
export function connect({ baseUrl, token, fetch }: Options): Api {
  return async (name, input, options = {}) => {
    const { path, ...init } = requestOf(name, input, { ...options, token });
    const text = await answered(
      async () => {
        const response = await fetch(baseUrl.replace(/\/$/, "") + path, init);
        return { status: response.status, body: await response.text() };
      },
      { baseUrl, signal: options.signal },
    );
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server answered, and it checks its answers against these schemas in its tests
    return meaning(text, baseUrl) as AnswerOf<typeof name>;
  };
}

interface Text {
  readonly status: number;
  readonly body: string;
}

async function answered(
  ask: () => Promise<Text>,
  of: { baseUrl: string; signal: AbortSignal | undefined },
): Promise<Text> {
  try {
    return await ask();
  } catch (error) {
    if (of.signal?.aborted) throw error;
    throw Unreachable({ url: of.baseUrl }, error);
  }
}

function meaning({ status, body }: Text, url: string): unknown {
  const value = parsed(body);
  if (status >= 200 && status < 300 && value !== notJson) return value;
  const said = value === notJson ? undefined : refusal(value);
  if (!said) throw ReplyForeign({ url, status });
  throw new Refused({ status, ...said });
}

const notJson = Symbol("not JSON");

function parsed(body: string): unknown {
  if (body === "") return undefined;
  try {
    return JSON.parse(body);
  } catch {
    // Whatever stands between us and the server may answer in any form; the caller says so.
    return notJson;
  }
}

function refusal(value: unknown): { message: string; code: string } | undefined {
  if (typeof value !== "object" || value === null || !("message" in value)) return undefined;
  if (typeof value.message !== "string") return undefined;
  return {
    message: value.message,
    code: "code" in value && typeof value.code === "string" ? value.code : "reply.unnamed",
  };
}
