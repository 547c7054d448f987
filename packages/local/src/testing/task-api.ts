import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Launch } from "@cassini/core/launch";
import { answerOf, type Asked, type Seen } from "./task-rules.ts";

/** A platform that consists of the task API alone, plays by its rules, and watches that the agent does, too. */
export interface TaskApi {
  readonly url: string;
  readonly tasks: ReadonlyMap<string, Seen>;
  /** What the agent did against the rules. */
  readonly wrongs: readonly string[];
  /** Is told of every request before it is answered; a status that it answers with is answered instead. */
  before: (what: string, name: string) => number | undefined;
  /** An attempt that may be asked for. */
  add(bundle: Launch.Bundle): Seen;
  /** Ends once the attempt is so; fails after the time. */
  until(name: string, is: (seen: Seen) => boolean, milliseconds?: number): Promise<Seen>;
  /** Ends once the attempt's end has been told. */
  end(name: string, milliseconds?: number): Promise<Seen>;
  /** Goes away; answers how it comes back at the same address. */
  vanish(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

const route = /^\/api\/tasks\/([0-9a-f]{32}\/\d+)\/(bundle|report|logs)(?:\/([a-z-]+)\/(\d+))?$/;

/** Starts it on a free port. */
export async function taskApi(): Promise<TaskApi> {
  const tasks = new Map<string, Seen>();
  const wrongs: string[] = [];
  const looks = new Set<() => void>();
  const server = createServer(
    (request, response) =>
      void handle(request, response).catch((error: unknown) => wrongs.push(String(error))),
  );
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, "127.0.0.1", () => resolve()));
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  await listen(0);
  const address = server.address();
  const port = typeof address === "object" ? (address?.port ?? 0) : 0;
  const api: TaskApi = {
    url: `http://127.0.0.1:${port}`,
    tasks,
    wrongs,
    before: () => undefined,
    add: (bundle) => {
      const ticket = `ticket-${bundle.run}-${bundle.attempt}`;
      const seen: Seen = {
        bundle,
        ticket,
        reports: [],
        logs: new Map(),
        bundles: 0,
        stop: false,
        over: false,
      };
      tasks.set(`${bundle.run}-${bundle.attempt}`, seen);
      return seen;
    },
    until: (name, is, milliseconds = 20_000) =>
      waiting(
        looks,
        () => found(name, is),
        () => `${name}: ${told(name)}`,
        milliseconds,
      ),
    end: (name, milliseconds) => api.until(name, ({ ended }) => ended !== undefined, milliseconds),
    vanish: async () => {
      await close();
      return () => listen(port);
    },
    close,
  };
  const found = (name: string, is: (seen: Seen) => boolean) => {
    const seen = tasks.get(name);
    return seen && is(seen) ? seen : undefined;
  };
  const told = (name: string) => JSON.stringify({ last: tasks.get(name)?.reports.at(-1), wrongs });
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { name, ...asked } = await askedBy(request);
    const instead = api.before(asked.what, name);
    const { status, json } =
      instead === undefined
        ? answerOf(tasks.get(name), asked, wrongs)
        : { status: instead, json: { code: "test.instead" } };
    response.writeHead(status, { "content-type": "application/json" });
    response.end(json === undefined ? "" : JSON.stringify(json));
    for (const look of looks) look();
  }
  return api;
}

/** Ends once there is something to be found, which is looked for whenever something may have changed. */
function waiting<T>(
  looks: Set<() => void>,
  find: () => T | undefined,
  trouble: () => string,
  milliseconds: number,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const result = find();
      if (result === undefined) return;
      clearTimeout(timer);
      looks.delete(look);
      resolve(result);
    };
    const timer = setTimeout(() => {
      looks.delete(look);
      reject(new Error(`It did not come so far: ${trouble()}`));
    }, milliseconds);
    looks.add(look);
    look();
  });
}

async function askedBy(request: IncomingMessage): Promise<Asked & { readonly name: string }> {
  const [, attempt = "", what = "", step = "", offset] = route.exec(request.url ?? "") ?? [];
  const { authorization = "" } = request.headers;
  const body = await bodyOf(request);
  return {
    name: attempt.replace("/", "-"),
    authorization,
    what,
    body,
    step,
    offset: Number(offset),
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece);
  return Buffer.concat(pieces);
}
