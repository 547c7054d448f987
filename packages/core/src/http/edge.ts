import { Broken, isFailure, type Failure } from "../kit/index.ts";
import type { World } from "../world.ts";
import { doorkeeper } from "./caller.ts";
import { BodyTooLarge, statusOf } from "./failure.ts";
import { valuesOf } from "./query.ts";
import { parseJson } from "./json.ts";
import { largestBody, type Request, type Response } from "./message.ts";
import { compile, type Match } from "./router.ts";
import type { Route } from "./route.ts";

/** What is written down of each request: the route's pattern, never the path, and nothing that a user sent. */
export interface AnswerRecord {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly ms: number;
  readonly actor: string;
  readonly code: string;
  readonly requestId: string;
}

export interface Options {
  readonly routes: Readonly<Record<string, Route>>;
  /** Checks every answer against its own schema, and fails where it does not fit. */
  readonly strict?: boolean;
  /** Told of what is ours to mend; the answer names only the request's id. */
  readonly onBroken?: (error: unknown, requestId: string) => void;
  readonly onAnswer?: (record: AnswerRecord) => void;
}

/** Answers a request, always: with what its route gives, or with the failure in a sentence. */
export type Handler = (request: Request) => Promise<Response>;

interface Course {
  readonly requestId: string;
  match?: Match<Route>;
  actor: string;
  code: string;
}

/** Makes the handler of one World. */
export function edge(world: World, options: Options): Handler {
  const answer = answering(world, options);
  return async (request) => {
    const course: Course = { requestId: requestIdOf(world, request), actor: "", code: "" };
    const began = world.clock.now();
    const response = await answer(request, course).catch((error: unknown) => {
      const failure = told(error);
      course.code = failure.code;
      if (failure.kind === "broken") options.onBroken?.(error, course.requestId);
      return refuse(failure, course.requestId);
    });
    options.onAnswer?.({
      method: request.method.slice(0, 16),
      route: course.match?.key ?? "",
      status: response.status,
      ms: world.clock.now() - began,
      actor: course.actor,
      code: course.code,
      requestId: course.requestId,
    });
    return response;
  };
}

/** The course of a request that goes well; each step notes down how far it has come. */
function answering(world: World, options: Options) {
  const router = compile(options.routes);
  const admit = doorkeeper(world);
  return async (request: Request, course: Course): Promise<Response> => {
    if (request.body.length > largestBody) throw BodyTooLarge({ bytes: request.body.length });
    const match = router.match(request.method, request.path);
    course.match = match;
    const { caller, ticket } = await admit(request, match);
    course.actor = caller.actor;
    const said = saidIn(request, match);
    const asked = {
      path: match.path,
      ticket,
      platform: world.platform,
      bytes: request.body,
      ...said,
    };
    const answer = await match.route.run({ ...world, caller }, asked);
    if (options.strict) checkAnswer(match, answer, asked.oldClient);
    return respond(match.route.status, answer, course.requestId);
  };
}

function saidIn(request: Request, { route }: Match<Route>) {
  const text = route.takes === "json" ? new TextDecoder().decode(request.body).trim() : "";
  return {
    query: valuesOf(request.query),
    // Clients send an empty body where they have nothing to say.
    body: text === "" ? {} : parseJson(text),
    oldClient: request.headers["x-saturn-client-version"] !== undefined,
  };
}

/** Anything but a failure is a bug, and its message is nobody's business outside. */
const told = (error: unknown): Failure =>
  isFailure(error) && error.kind !== "broken" ? error : Broken({});

/** The id that a client gave the request, if it can be one, so that both sides' logs can be joined. */
function requestIdOf(world: World, { headers }: Request): string {
  const given = headers["x-request-id"] ?? "";
  return /^[\w.-]{1,64}$/.test(given) ? given : world.ids.id();
}

function refuse(failure: Failure, requestId: string): Response {
  const status = statusOf[failure.kind];
  const response = respond(
    status,
    { message: failure.message, code: failure.code, status },
    requestId,
  );
  return { ...response, headers: { ...response.headers, ...hints(failure) } };
}

/** What a machine may want to know of a failure besides its sentence. */
function hints({ kind, data }: Failure): Record<string, string> {
  if (kind === "not_allowed" && typeof data["allow"] === "string") return { allow: data["allow"] };
  if (kind === "unauthenticated") return { "www-authenticate": "Bearer" };
  if (kind === "busy") return { "retry-after": "5" };
  return {};
}

function respond(status: number, answer: unknown, requestId: string): Response {
  const headers = {
    "content-type": "application/json",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "x-request-id": requestId,
  };
  return {
    status,
    headers,
    body: status === 204 || answer === undefined ? "" : JSON.stringify(answer),
  };
}

function checkAnswer({ key, route }: Match<Route>, answer: unknown, oldClient: boolean): void {
  const schema = (oldClient ? route.oldAnswer : undefined) ?? route.answer;
  if (!schema) {
    if (answer !== undefined) throw new Error(`${key} answers although it declares no answer.`);
    return;
  }
  const parsed = schema.safeParse(answer);
  if (!parsed.success)
    throw new Error(`The answer of ${key} does not fit its schema: ${parsed.error.message}`);
}
