import { failure } from "../kit/index.ts";
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

export { statusOf } from "../status/index.ts";
