import { failure, type Kind } from "../kit/index.ts";
import { largestBody } from "./message.ts";

export const RouteUnknown = failure<{ path: string }>(
  "missing",
  "route.not_found",
  ({ path }) => `There is nothing at ${path}. /api/openapi.json lists every path.`,
);
export const MethodRefused = failure<{ method: string; allow: string }>(
  "not_allowed",
  "route.method_not_allowed",
  ({ method, allow }) => `This path does not answer ${method}. Use ${allow}.`,
);
export const BodyTooLarge = failure<{ bytes: number }>(
  "too_large",
  "body.too_large",
  ({ bytes }) =>
    `A request may carry ${largestBody} bytes; this one has ${bytes}. Send it in smaller parts.`,
);
export const BodyNotJson = failure<{ where: string; found: string }>(
  "invalid",
  "body.not_json",
  ({ where, found }) => `The body is not JSON: at ${where} there is ${found}.`,
);
export const CrossSite = failure(
  "forbidden",
  "access.cross_site",
  () =>
    "This request comes from another site. Use the console, or send a token in the Authorization header.",
);

/** What each kind of failure is in HTTP. */
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
