import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect } from "vitest";
import * as z from "zod";

/** A real server in a process of its own, on a home of its own. */
export interface Server {
  readonly url: string;
  readonly home: string;
  readonly child: ChildProcess;
  token(): Promise<string>;
  ask(method: string, path: string, body?: unknown): Promise<Reply>;
  /** What a path answers, which must be a success of that shape. */
  read<T>(schema: z.ZodType<T>, path: string): Promise<T>;
  /** Ends the process and waits until it is gone. */
  end(signal?: NodeJS.Signals): Promise<void>;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

const Applied = z.object({ state: z.object({ id: z.string() }) });
const Started = z.object({ run_id: z.string() });
const Reason = z.object({ code: z.string(), sentence: z.string(), lines: z.array(z.string()) });

/** Of a run what the tests look at. */
export const RunView = z.object({
  id: z.string(),
  status: z.string(),
  exit_code: z.int().nullish(),
  reason: Reason.nullish(),
});
export type RunView = z.infer<typeof RunView>;
export const RunList = z.object({ runs: z.array(RunView) });
const LogPage = z.object({
  entries: z.array(z.object({ text: z.string() })),
  cursor: z.string(),
  ended: z.boolean(),
});

const main = join(import.meta.dirname, "../main.ts");

/** A folder for a server's home, removed by `removeHome`. Tasks of other users can pass through it. */
export async function newHome(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "cassini-e2e-"));
  await chmod(folder, 0o755);
  return join(folder, "home");
}

/** Removes a home and all that lies beside it. */
export const removeHome = (home: string): Promise<void> =>
  rm(join(home, ".."), { recursive: true, force: true, maxRetries: 5 });

/** A folder beside a home that tasks of any user may write to. */
export async function sharedFolder(home: string): Promise<string> {
  const folder = join(home, "../shared");
  await mkdir(folder, { recursive: true });
  await chmod(folder, 0o777);
  return folder;
}

/** Boots a server and waits for its ready line. */
export async function boot(home: string, more: readonly string[] = []): Promise<Server> {
  const child = spawn(process.execPath, [main, "--home", home, "--port", "0", ...more], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await readyUrl(child);
  const token = async (): Promise<string> =>
    (await readFile(join(home, "admin.token"), "utf8")).trim();
  const server: Server = {
    url,
    home,
    child,
    token,
    async read(schema, path) {
      const reply = await server.ask("GET", path);
      expect(reply).toMatchObject({ status: 200 });
      return schema.parse(reply.body);
    },
    async ask(method, path, body) {
      const answer = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${await token()}`, connection: "close" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await answer.text();
      const parsed: unknown = text === "" ? undefined : JSON.parse(text);
      return { status: answer.status, body: parsed };
    },
    async end(signal = "SIGTERM") {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, "exit");
    },
  };
  return server;
}

async function readyUrl(child: ChildProcess): Promise<string> {
  const lines = createInterface({ input: child.stdout ?? process.stdin });
  for await (const line of lines) {
    const url = /^ready (http:\/\/[^/]+)/.exec(line)?.[1];
    if (url !== undefined) return url;
  }
  throw new Error("The server ended before it was ready.");
}

/** A job's recipe on the host's own Python. */
export const recipe = (name: string, command: string, more: object = {}): object => ({
  type: "job",
  spec: { name, image: "local/admin/python:host", instance_type: "micro", command, ...more },
});

/** Applies a recipe and answers the job's id. */
export async function apply(server: Server, document: object): Promise<string> {
  const { status, body } = await server.ask("PUT", "/api/recipes", document);
  expect({ status, body }).toMatchObject({ status: 201 });
  return Applied.parse(body).state.id;
}

/** Starts a job and answers the run's id. */
export async function start(server: Server, job: string): Promise<string> {
  const { status, body } = await server.ask("POST", `/api/jobs/${job}/start`);
  expect({ status, body }).toMatchObject({ status: 200 });
  return Started.parse(body).run_id;
}

/** Waits until a run has ended, and answers it. */
export async function ended(server: Server, id: string): Promise<RunView> {
  for (let tries = 0; tries < 12; tries += 1) {
    const run = await server.read(RunView, `/api/runs/${id}?wait_seconds=10`);
    if (!["pending", "running", "stopping"].includes(run.status)) return run;
  }
  throw new Error(`The run ${id} has not ended.`);
}

/** The newest run of all. */
export async function newest(server: Server): Promise<RunView> {
  const [run] = (await server.read(RunList, "/api/runs?page_size=1")).runs;
  if (!run) throw new Error("There is no run.");
  return run;
}

/** The whole log of a run, as one text. */
export async function logOf(server: Server, id: string): Promise<string> {
  let text = "";
  let cursor = "";
  for (;;) {
    const page = await server.read(
      LogPage,
      `/api/runs/${id}/logs?wait_seconds=5${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    text += page.entries.map((entry) => entry.text).join("");
    if (page.ended) return text;
    cursor = page.cursor;
  }
}
