import type * as z from "zod";
import { parse, type Command } from "../kit/index.ts";
import type { Platform } from "../platform.ts";
import type { Context } from "../world.ts";

/** A request to a route, parsed as its declaration says. */
export interface Asked<Body = unknown, Query = unknown> {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Query;
  readonly body: Body;
  /** The body as it came, for routes that take bytes. */
  readonly bytes: Uint8Array;
  /** What the agent of a task shows instead of a token. */
  readonly ticket: string;
  /** Whether saturn-client asks: the one client that needs some answers in their older shape. */
  readonly oldClient: boolean;
  readonly platform: Platform;
}

/** Who may ask: a signed-in caller, a task's agent with its ticket, anybody. */
export type Access = "token" | "ticket" | "public";

/** One line of the table of contents: how a request becomes a command's input, and its outcome an answer. */
export interface Route<Body = unknown, Query = unknown, Answer = unknown> {
  readonly summary: string;
  readonly status: 200 | 201 | 204;
  readonly access: Access;
  /** How the body is read: by route, never by its Content-Type. */
  readonly takes: "json" | "bytes" | "nothing";
  readonly body: z.ZodType<Body> | undefined;
  /** What the API document says of the body, where the command reads it by rules of its own. */
  readonly bodyShape: z.ZodType | undefined;
  readonly query: z.ZodType<Query> | undefined;
  readonly answer: z.ZodType<Answer> | undefined;
  /** The answer's schema for saturn-client, where it differs. */
  readonly oldAnswer: z.ZodType | undefined;
  run(ctx: Context, asked: Asked): Promise<unknown>;
}

export type BodyOf<R> = R extends Route<infer Body, infer _Q, infer _A> ? Body : never;
export type QueryOf<R> = R extends Route<infer _B, infer Query, infer _A> ? Query : never;
export type AnswerOf<R> = R extends Route<infer _B, infer _Q, infer Answer> ? Answer : never;

interface Declaration<In, Out, Body, Query, Answer> {
  summary: string;
  command: Command<Context, In, Out>;
  status?: 200 | 201 | 204;
  access?: Access;
  takes?: Route["takes"];
  body?: z.ZodType<Body>;
  bodyShape?: z.ZodType;
  query?: z.ZodType<Query>;
  answer?: z.ZodType<Answer>;
  oldAnswer?: z.ZodType;
  /** The command's input; without one, body, query and path in one object, where the path's values win. */
  read?: (asked: Asked<Body, Query>) => unknown;
  /** The answer; without one there is none to send. */
  show?: (outcome: Out, asked: Asked<Body, Query>) => Answer;
  showOld?: (outcome: Out, asked: Asked<Body, Query>) => unknown;
}

/** Declares a route. */
export function route<In, Out, Body = unknown, Query = unknown, Answer = undefined>(
  of: Declaration<In, Out, Body, Query, Answer>,
): Route<Body, Query, Answer> {
  const read = of.read ?? merged;
  return {
    summary: of.summary,
    status: of.status ?? 200,
    access: of.access ?? "token",
    takes: of.takes ?? (of.body ? "json" : "nothing"),
    body: of.body,
    bodyShape: of.bodyShape,
    query: of.query,
    answer: of.answer,
    oldAnswer: of.oldAnswer,
    async run(ctx, loose) {
      const asked = parsed(of, loose);
      const outcome = await of.command.from(ctx, read(asked));
      const show = (asked.oldClient ? of.showOld : undefined) ?? of.show;
      return show?.(outcome, asked);
    },
  };
}

function parsed<Body, Query>(
  of: { body?: z.ZodType<Body>; query?: z.ZodType<Query> },
  asked: Asked,
): Asked<Body, Query> {
  return {
    ...asked,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a schema the type stays unknown
    body: (of.body ? parse(of.body, asked.body) : asked.body) as Body,
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a schema the type stays unknown
    query: (of.query ? parse(of.query, asked.query) : asked.query) as Query,
  };
}

const merged = ({ body, query, path }: Asked): unknown => ({
  ...objectOf(body),
  ...objectOf(query),
  ...path,
});

const objectOf = (value: unknown): object =>
  typeof value === "object" && value !== null ? value : {};
