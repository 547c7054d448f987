import { randomUUID } from "node:crypto";
import { Http } from "@cassini/core/http";
import type { World } from "@cassini/core/world";
import type { Log } from "./log.ts";
import { brokenPage, nothingPage } from "./page/home.ts";
import { HostUnknown } from "./trouble.ts";

/** The API's handler, with a line in the log for each request, and one for each bug. */
export const apiOf = (
  world: World,
  routes: Readonly<Record<string, Http.Route>>,
  log: Log,
): Http.Handler =>
  Http.edge(world, {
    routes,
    onAnswer: (record) => log.info("request", { ...record }),
    onBroken: (error, requestId) => log.error("request.broken", { requestId, error }),
  });

/** The same for pages, whose addresses are few. */
export function logged(pages: Http.Handler, log: Log): Http.Handler {
  return async (request) => {
    const began = performance.now();
    const requestId = randomUUID().replaceAll("-", "");
    const answer = await pages(request).catch((error: unknown) => {
      log.error("request.broken", { requestId, error });
      return brokenPage(requestId);
    });
    const pattern = patternOf(request.path);
    log.info("request", {
      method: request.method.slice(0, 16),
      route: pattern === "" ? "" : `${request.method.slice(0, 16)} ${pattern}`,
      status: answer.status,
      ms: Math.round(performance.now() - began),
      actor: "",
      code: "",
      requestId,
    });
    return answer;
  };
}

/** An address as the pattern of its route; empty where there is none. */
function patternOf(path: string): string {
  if (path.startsWith("/runs/")) return "/runs/{id}";
  return ["/", "/signin", "/metrics"].includes(path) ? path : "";
}

/** What begins with `/api/` is the API's, `/metrics` is for monitoring, the rest are pages. */
export const byPath =
  (api: Http.Handler, metrics: Http.Handler, pages: Http.Handler): Http.Handler =>
  (request) => {
    if (request.path.startsWith("/api/")) return api(request);
    return request.path === "/metrics" ? metrics(request) : pages(request);
  };

/** Whoever calls this server by a name that is not its own gets nothing but its name. */
export const strangers = (baseUrl: string): Http.Handler => {
  const { code, message } = HostUnknown({ baseUrl });
  const headers = { "content-type": "application/json", "cache-control": "no-store" };
  return async () => ({
    status: 421,
    headers,
    body: JSON.stringify({ message, code, status: 421 }),
  });
};

/** Below `apps.localhost` deployments and workspaces will answer. */
export const nothingYet: Http.Handler = async () => nothingPage();
