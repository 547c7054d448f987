import type { Client } from "@cassini/core/client";
import type { Io } from "../io.ts";

export type Page = Client.AnswerOf<"GET /api/runs/{id}/logs">;

interface Following {
  readonly io: Pick<Io, "now" | "pause">;
  readonly api: Client.Api;
  readonly run: string;
  /** How long a request may wait for news; nothing where only what is there is wanted. */
  readonly waitSeconds: () => number | undefined;
  /** Told when the server stops answering, and when it does again. */
  readonly noticed: (answers: boolean) => Promise<void>;
}

/**
 * A run's log from its beginning, each byte once. The place to go on from is the server's cursor of the last page
 * that came whole, so a connection that breaks costs nothing but time.
 */
export async function* pagesOf(of: Following): AsyncGenerator<Page> {
  let cursor: string | undefined;
  for (;;) {
    const wait_seconds = of.waitSeconds();
    const ask = () =>
      of.api("GET /api/runs/{id}/logs", { id: of.run, cursor, wait_seconds: wait_seconds ?? 0 });
    const page = await (cursor === undefined ? ask() : patiently(ask, of));
    cursor = page.cursor;
    yield page;
    const isSilent = page.entries.length === 0;
    if (page.ended || (isSilent && (wait_seconds === undefined || isOver(page.status)))) return;
  }
}

/** Whether a run is over, so that what its log lacks never comes. */
const isOver = (status: string): boolean => ["completed", "error", "stopped"].includes(status);

const firstPauseMilliseconds = 250;
const longestPauseMilliseconds = 5000;
const patienceMilliseconds = 10 * 60 * 1000;

/** Asks again while nobody answers, at growing distances, for ten minutes; then fails as the last try did. */
export async function patiently<T>(
  ask: () => Promise<T>,
  { io, noticed }: Pick<Following, "io" | "noticed">,
): Promise<T> {
  const until = io.now() + patienceMilliseconds;
  for (
    let pause = firstPauseMilliseconds;
    ;
    pause = Math.min(2 * pause, longestPauseMilliseconds)
  ) {
    try {
      const answer = await ask();
      if (pause > firstPauseMilliseconds) await noticed(true);
      return answer;
    } catch (error) {
      if (!mayPass(error) || io.now() >= until) throw error;
      if (pause === firstPauseMilliseconds) await noticed(false);
      await io.pause(pause);
    }
  }
}

/** A server that restarts is silent, busy, or stands behind a gateway that answers in its place. */
const mayPass = (error: unknown): boolean =>
  error instanceof Error &&
  "kind" in error &&
  "code" in error &&
  (error.kind === "busy" || error.kind === "limited" || error.code === "reply.foreign");
