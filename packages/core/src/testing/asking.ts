import * as z from "zod";
import { routes } from "../app.ts";
import { Http } from "../http/index.ts";
import { command } from "../kit/index.ts";
import { Token } from "../token/index.ts";
import type { Caller, Context } from "../world.ts";
import { memoryWorld, type MemoryWorld } from "./memory-world.ts";

/** An answer of the API as a test looks at it. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface Wish {
  readonly body?: unknown;
  /** The body as it is, in place of JSON. */
  readonly bytes?: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  readonly as?: "ada" | "bob" | "nobody";
}

export interface Desk {
  readonly world: MemoryWorld;
  readonly records: Http.AnswerRecord[];
  /** Asks as ada, unless told otherwise: `"GET /api/jobs?page_size=1"`. What is broken fails the test. */
  ask(what: string, wish?: Wish): Promise<Answered>;
  /** Asks in the manner of saturn-client. */
  askAsOldClient(what: string, wish?: Wish): Promise<Answered>;
  /** A token's text for somebody. */
  tokenFor(who: Caller, expires_at?: string): Promise<string>;
}

/** The API over a World in memory, every answer checked against its own schema. */
export async function desk(): Promise<Desk> {
  const world = await memoryWorld();
  const records: Http.AnswerRecord[] = [];
  const handle = Http.edge(world, {
    routes,
    strict: true,
    onBroken: rethrow,
    onAnswer: (record) => records.push(record),
  });
  const tokenFor = (who: Caller, expires_at?: string) => tokenOf(world, who, expires_at);
  const tokens = { ada: await tokenFor(world.ada), bob: await tokenFor(world.bob) };
  const ask: Desk["ask"] = async (what, { as = "ada", ...wish } = {}) => {
    const authorization: Record<string, string> =
      as === "nobody" ? {} : { authorization: `token ${tokens[as]}` };
    return answered(
      await handle(requestOf(what, { ...wish, headers: { ...authorization, ...wish.headers } })),
    );
  };
  const askAsOldClient: Desk["ask"] = (what, wish = {}) =>
    ask(what, { ...wish, headers: { ...wish.headers, "x-saturn-client-version": "0+unknown" } });
  return { world, records, ask, askAsOldClient, tokenFor };
}

async function tokenOf(world: MemoryWorld, who: Caller, expires_at?: string): Promise<string> {
  const owner_id = who.owner?.id ?? "";
  const { text, change } = await Token.mint(world, {
    owner_id,
    description: "a test",
    ...(expires_at !== undefined && { expires_at }),
  });
  await world.store.commit([change], [], who.actor);
  return text;
}

export function requestOf(what: string, { body, bytes, headers = {} }: Wish = {}): Http.Request {
  const {
    method = "",
    path = "",
    query,
  } = /^(?<method>\S*) (?<path>[^?]*)\??(?<query>.*)$/s.exec(what)?.groups ?? {};
  return { method, path, query: new URLSearchParams(query), headers, body: bytes ?? jsonOf(body) };
}

const jsonOf = (body: unknown): Uint8Array =>
  new TextEncoder().encode(body === undefined ? "" : JSON.stringify(body));

const answered = ({ status, headers, body }: Http.Response): Answered => ({
  status,
  headers,
  body: body === "" ? undefined : JSON.parse(body),
});

function rethrow(error: unknown): never {
  throw error;
}

/** What stands at a place of an answer: `at(body, "state", "id")`. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, step) => new Map(Object.entries(inner ?? {})).get(String(step)),
    value,
  );
}

/** The text that stands at a place of an answer. */
export const textAt = (value: unknown, ...path: readonly (string | number)[]): string =>
  String(at(value, ...path));

/** A route whose command is the test's own, and whose answer is to be a text named `name`. */
export const asking = (
  run: (nothing: object, ctx: Context) => Promise<{ name: string }>,
): Http.Route =>
  Http.route({
    summary: "A route of a test",
    command: command({ input: z.object({}), allow: "anyone", run }),
    answer: z.object({ name: z.string() }),
    show: (outcome) => outcome,
  });

/** Any text with this in it, for the place of a text in what an answer is compared with. */
export const containing = (text: string): unknown => ({
  asymmetricMatch: (other: unknown) => typeof other === "string" && other.includes(text),
  toString: () => `a text with ${text} in it`,
});
