import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../main.ts", import.meta.url));

/** What a process has said on its standard output and error, by line. */
interface Said {
  readonly out: readonly string[];
  readonly err: readonly string[];
}

/** A server as a process of its own. */
export interface TestServer {
  readonly url: string;
  readonly home: string;
  readonly child: ChildProcess;
  readonly said: Said;
  /** Asks the API as the administrator. */
  api<T>(method: string, path: string, body?: unknown): Promise<T>;
  /** Sends a signal, and answers the exit code, or the signal that ended it. */
  end(signal?: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
}

/** A folder for a server's home. */
export const newHome = (): Promise<string> => mkdtemp(join(tmpdir(), "cassini-home-"));

/** Starts a server on a home; fails with what it said when it ends before it is ready. */
export async function startServer(
  home: string,
  args: readonly string[] = ["--port", "0"],
): Promise<TestServer> {
  const { child, said, ready } = launch(["--home", home, ...args]);
  const url = await ready;
  if (url === undefined) throw new Error(`The server ended: ${said.err.join("\n")}`);
  const token = (await readFile(join(home, "admin.token"), "utf8")).trim();
  return {
    url,
    home,
    child,
    said,
    api: (method, path, body) => ask({ url, token, method, path, body }),
    end: (signal = "SIGTERM") => end(child, signal),
  };
}

/** Starts a server that is not to come up, and answers its exit code and words. */
export async function refusedStart(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said & { code: unknown }> {
  const { child, said } = launch(args, env);
  const [code]: unknown[] = await once(child, "close");
  return { ...said, code };
}

function launch(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawn(process.execPath, [main, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  const said = { out: new Array<string>(), err: new Array<string>() };
  createInterface(child.stderr).on("line", (line) => said.err.push(line));
  const ready = new Promise<string | undefined>((resolve) => {
    createInterface(child.stdout).on("line", (line) => {
      said.out.push(line);
      resolve(/^ready (http:\/\/[^/]+)\/signin\?code=/.exec(line)?.[1]);
    });
    child.once("close", () => resolve(undefined));
  });
  return { child, said, ready };
}

async function end(
  child: ChildProcess,
  signal: NodeJS.Signals,
): Promise<number | NodeJS.Signals | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const closed = once(child, "close");
    child.kill(signal);
    await closed;
  }
  return child.signalCode ?? child.exitCode;
}

interface Question {
  readonly url: string;
  readonly token: string;
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

async function ask<T>({ url, token, method, path, body }: Question): Promise<T> {
  const headers = { authorization: `Bearer ${token}` };
  const answer = await fetch(url + path, {
    method,
    headers,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own server answered; a wrong shape fails the test
  return JSON.parse(text === "" ? "null" : text) as T;
}

/** Removes a home; tasks that still run in it must have been ended. */
export const removeHome = (home: string): Promise<void> =>
  rm(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
