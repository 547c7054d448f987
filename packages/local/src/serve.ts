import { startDynoxide } from "./engine/dynoxide.ts";
import { isLoopback } from "./engine/host.ts";
import { listen, type HttpServer } from "./engine/http.ts";
import { takeLock } from "./engine/lock.ts";
import { openHome, type Home } from "./home.ts";
import { fileSink, logTo, type Log } from "./log.ts";
import type { Options } from "./options.ts";

export interface Server {
  /** Where it answers, and the link that signs a browser in once. */
  readonly baseUrl: string;
  readonly link: string;
  readonly log: Log;
  /** Ends requests in flight, then everything else, the database last; tasks go on unless the server was told otherwise. */
  stop(): Promise<void>;
  /** Ends the programs that the server started, waiting for nothing else. */
  halt(): Promise<void>;
}

/** How long tasks have to end by themselves when they end with the server. */
const graceSeconds = 10;

/** Starts a server: lock, database, table, installation, World, then requests. What fails ends what was begun before it. */
export async function serve(options: Options): Promise<Server> {
  const home = openHome(options.home);
  await using begun = new AsyncDisposableStack();
  const { http, log } = await opened(options, home, begun);
  const baseUrl = `http://${shown(options.host)}:${http.port}`;
  const database = startDynoxide({ home: home.path, log });
  const endpoint = database.then((running) => running.endpoint);
  // Looked at again below; until then nobody would hear of a start that fails.
  endpoint.catch(() => undefined);
  begun.defer(async () => (await database.catch(() => undefined))?.stop());
  // The larger part of the code is loaded while the database starts.
  const { runtime } = await import("./runtime.ts");
  const { handlers, link, driver } = await runtime({
    options,
    home,
    log,
    baseUrl,
    endpoint,
    closing: begun,
  });
  for (const { state, name, found, means, remedy } of await driver.findings()) {
    if (state !== "ok") process.stderr.write(`${name}: ${found}. ${means} ${remedy}\n`);
  }
  begun.defer(() => http.drain());
  // Tasks tell of their end over HTTP, so they go first.
  if (options.stopTasks) begun.defer(() => driver.stopTasks(graceSeconds));
  http.attach(handlers);
  log.info("server.ready", { url: baseUrl, home: home.path, ms: Math.round(performance.now()) });
  const closing = begun.move();
  return {
    baseUrl,
    link,
    log,
    stop: () => closing.disposeAsync(),
    halt: async () =>
      void (await Promise.allSettled([driver.stop(), database.then((running) => running.stop())])),
  };
}

/** The lock comes before the log, which another server may be writing, and before the port where that is known. */
async function opened(
  { host, port }: Options,
  home: Home,
  begun: AsyncDisposableStack,
): Promise<{ http: HttpServer; log: Log }> {
  if (port !== 0) begun.adopt(takeLock(home.path, port), (lock) => lock.release());
  const http = await listen(host, port);
  begun.defer(() => http.drain());
  if (port === 0) begun.adopt(takeLock(home.path, http.port), (lock) => lock.release());
  const log = logTo(fileSink(home.logFile), (line) => process.stderr.write(line));
  begun.defer(() => log.close());
  return { http, log };
}

/** An address as it stands in a URL; a wildcard is reached from here by loopback. */
function shown(host: string): string {
  if (isLoopback(host) || host === "0.0.0.0" || host === "::") return "127.0.0.1";
  return host.includes(":") ? `[${host}]` : host;
}
