import type { Kind } from "../kit/index.ts";

/** What each kind of failure is in HTTP: one table for the server and its client, which must not load what the server does. */
export const statusOf: Readonly<Record<Kind, number>> = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  missing: 404,
  not_allowed: 405,
  conflict: 409,
  gone: 410,
  too_large: 413,
  unsupported: 415,
  unprocessable: 422,
  locked: 423,
  limited: 429,
  broken: 500,
  busy: 503,
};
