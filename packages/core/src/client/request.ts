import { PathUnfit } from "./failure.ts";

/** What is used of `fetch`. */
export type Fetch = (
  url: string,
  init: {
    method: string;
    headers: Record<string, string>;
    body?: string;
    signal?: AbortSignal;
  },
) => Promise<{ readonly status: number; text(): Promise<string> }>;

type Values = Readonly<Record<string, unknown>>;

interface Sent {
  readonly path: string;
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** Puts an input in its places: the path's values, then the query of GET and DELETE or else the body. */
export function requestOf(
  name: string,
  input: Values,
  options: {
    query?: Values | undefined;
    token?: string | undefined;
    signal?: AbortSignal | undefined;
  },
): Sent {
  const [method = "", pattern = ""] = name.split(" ");
  const rest = restOf(pattern, input);
  const asks = method === "GET" || method === "DELETE";
  const body = asks ? undefined : bodyOf(rest);
  return {
    method,
    path: pathOf(pattern, input) + queryOf({ ...(asks && rest), ...options.query }),
    headers: headersOf(options.token, body !== undefined),
    ...(body !== undefined && { body }),
    ...(options.signal && { signal: options.signal }),
  };
}

const bodyOf = (said: Values): string | undefined =>
  Object.keys(said).length === 0 ? undefined : JSON.stringify(said);

/** What an input says besides its path. */
function restOf(pattern: string, input: Values): Values {
  const named = new Set([...pattern.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter));
  return Object.fromEntries(Object.entries(input).filter(([key]) => !named.has(key)));
}

const pathOf = (pattern: string, input: Values): string =>
  pattern.replaceAll(/\{(\w+)\}/g, (_, name: string) => segment(name, input[name]));

/** Dots alone would lead to another path, whether escaped or not. */
function segment(name: string, given: unknown): string {
  const value = textOf(given);
  if (/^\.{0,2}$/.test(value)) throw PathUnfit({ name, value });
  return encodeURIComponent(value);
}

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : (JSON.stringify(value) ?? "");

function queryOf(values: Values): string {
  const said = Object.entries(values).filter(([, value]) => value !== undefined && value !== null);
  const query = new URLSearchParams(
    Object.fromEntries(said.map(([key, value]) => [key, textOf(value)])),
  ).toString();
  return query === "" ? "" : `?${query}`;
}

function headersOf(token: string | undefined, hasBody: boolean): Record<string, string> {
  return {
    accept: "application/json",
    ...(hasBody && { "content-type": "application/json" }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
}
