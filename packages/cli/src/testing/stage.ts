import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { routes } from "@cassini/core/app";
import type { Client } from "@cassini/core/client";
import { Http } from "@cassini/core/http";
import { memoryWorld, type MemoryWorld } from "@cassini/core/testing";
import { Token } from "@cassini/core/token";
import { onTestFinished } from "vitest";
import { main, type Io } from "../index.ts";

/** What a command line came to. */
export interface Told {
  readonly exit: number;
  readonly out: string;
  readonly err: string;
}

export interface Stage {
  readonly world: MemoryWorld;
  /** The person's folder, empty at first: her home, and where she stands. */
  readonly folder: string;
  readonly io: Io;
  /** Types a command line, as a script does unless the options say otherwise. */
  type(line: string | readonly string[], options?: Typed): Promise<Told>;
  /** The same, for looking on while it goes on. */
  watch(
    line: string,
    options?: Typed,
  ): { readonly told: Omit<Told, "exit">; readonly over: Promise<Told> };
}

export interface Typed {
  readonly stdin?: string;
  /** The width of the terminal that she sits at; without one there is none. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly fetch?: Client.Fetch;
  readonly interrupted?: AbortSignal;
  readonly pause?: (milliseconds: number) => Promise<void>;
}

/** Ada before a server of the memory world, which checks every answer against its schema. */
export async function stage(): Promise<Stage> {
  const world = await memoryWorld();
  const token = await tokenOf(world);
  const folder = mkdtempSync(join(tmpdir(), "cassini-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const io = (typed: Typed, told: { out: string; err: string }): Io => ({
    env: { CASSINI_URL: "http://cassini.test", CASSINI_TOKEN: token, ...typed.env },
    cwd: folder,
    home: folder,
    uid: process.getuid?.(),
    stdin: {
      isTerminal: typed.columns !== undefined,
      read: async () => typed.stdin ?? "",
      ask: async (question) => {
        told.err += question;
        return typed.stdin ?? "";
      },
    },
    stdout: paper(typed, (text) => (told.out += text)),
    stderr: paper(typed, (text) => (told.err += text)),
    fetch: typed.fetch ?? served(world),
    now: world.clock.now,
    pause: typed.pause ?? ((milliseconds) => world.clock.wait(milliseconds / 1000)),
    interrupted: typed.interrupted ?? new AbortController().signal,
  });
  const watch: Stage["watch"] = (line, typed = {}) => {
    const told = { out: "", err: "" };
    return {
      told,
      over: main(line.split(" "), io(typed, told)).then((exit) => ({ exit, ...told })),
    };
  };
  return {
    world,
    folder,
    io: io({}, { out: "", err: "" }),
    watch,
    async type(line, typed = {}) {
      const told = { out: "", err: "" };
      const exit = await main(typeof line === "string" ? line.split(" ") : line, io(typed, told));
      return { exit, ...told };
    },
  };
}

/** An environment that names no server. */
export const nowhere = { CASSINI_URL: "", CASSINI_TOKEN: "" } as const;

/** Signs her in to https://cassini.example.com with her own token. */
export async function signIn({ type, io }: Stage): Promise<void> {
  const line = "login --url https://cassini.example.com/ --token-stdin";
  const { exit, err } = await type(line, { stdin: io.env["CASSINI_TOKEN"] ?? "", env: nowhere });
  if (exit !== 0) throw new Error(err);
}

const paper = ({ columns }: Typed, take: (text: string) => void): Io["stdout"] => ({
  isTerminal: columns !== undefined,
  columns: columns ?? 0,
  write: async (text) => take(text),
});

async function tokenOf(world: MemoryWorld): Promise<string> {
  const owner = world.ada.owner;
  if (!owner) throw new Error("Ada is nobody.");
  const token = await Token.mint(world, { owner_id: owner.id, description: "Ada's" });
  await world.store.commit([token.change], [], "a test");
  return token.text;
}

/** A `fetch` that leads to the world's own edge. */
export function served(world: MemoryWorld): Client.Fetch {
  const answer = Http.edge(world, {
    routes,
    strict: true,
    onBroken: (error) => {
      throw error;
    },
  });
  return async (url, { method, headers, body = "", signal }) => {
    signal?.throwIfAborted();
    const { pathname, searchParams } = new URL(url);
    const response = await answer({
      method,
      path: pathname,
      query: searchParams,
      headers,
      body: new TextEncoder().encode(body),
    });
    return { status: response.status, text: async () => response.body };
  };
}
