import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";

export const root = join(import.meta.dirname, "..");

/** A local server on a home of its own, as a benchmark uses it. */
export interface Server {
  readonly url: string;
  readonly token: string;
  readonly home: string;
  readonly pid: number;
  /** Asks the API; fails with the whole answer when it is no success. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Stops the server and waits until it is gone; the home stays unless told. */
  stop(options?: { keep?: boolean }): Promise<void>;
}

/** Starts a server and waits for its ready line. */
export async function startServer(home?: string): Promise<Server> {
  const own = home ?? (await mkdtemp(join(tmpdir(), "cassini-bench-")));
  const child = spawn(
    process.execPath,
    [join(root, "packages/local/src/main.ts"), "--home", own, "--port", "0"],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, NODE_COMPILE_CACHE: join(root, "node_modules/.cache/compile") },
    },
  );
  const url = await readyUrl(child);
  const token = (await readFile(join(own, "admin.token"), "utf8")).trim();
  return {
    url,
    token,
    home: own,
    pid: child.pid ?? 0,
    api: (method, path, body) => ask(url, token, { method, path, body }),
    async stop({ keep = false } = {}) {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
      if (!keep) await rm(own, { recursive: true, force: true });
    },
  };
}

/** The address in the one line that the server prints when it can be asked. */
export async function readyUrl(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error("The server's output cannot be read.");
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^ready (http:\/\/[^/]+)/.exec(line)?.[1];
    if (found) return found;
  }
  throw new Error("The server ended before it was ready.");
}

async function ask<T>(
  url: string,
  token: string,
  of: { method: string; path: string; body?: unknown },
): Promise<T> {
  const answer = await fetch(url + of.path, {
    method: of.method,
    headers: { authorization: `Bearer ${token}` },
    ...(of.body !== undefined && { body: JSON.stringify(of.body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${of.method} ${of.path}: ${answer.status} ${text}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server answered; a wrong shape fails the figure at once
  return JSON.parse(text === "" ? "null" : text) as T;
}
