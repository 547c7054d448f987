import { randomUUID } from "node:crypto";
import { Http } from "@cassini/core/http";
import type { World } from "@cassini/core/world";
import type { Log } from "./log.ts";
import { brokenPage, nothingPage } from "./page/home.ts";

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
    const route = known.has(request.path) ? `${request.method} ${request.path}` : "";
    log.info("request", {
      method: request.method,
      route,
      status: answer.status,
      ms: Math.round(performance.now() - began),
      actor: "",
      code: "",
      requestId,
    });
    return answer;
  };
}

const known: ReadonlySet<string> = new Set(["/", "/signin"]);

/** What begins with `/api/` is the API's, the rest are pages. */
export const either =
  (api: Http.Handler, pages: Http.Handler): Http.Handler =>
  (request) =>
    request.path.startsWith("/api/") ? api(request) : pages(request);

/** Below `apps.localhost` deployments and workspaces will answer. */
export const nothingYet: Http.Handler = async () => nothingPage();
