import { Launch } from "@cassini/core/launch";
import type { Task } from "@cassini/core/task";
import { setTimeout as pause } from "node:timers/promises";
import type { Answer, Asked, Send } from "./http.ts";

/** What the platform says of an attempt that it takes nothing more from: its task is to be ended and forgotten. */
export class Over extends Error {}

/** The three routes of one attempt. Each call goes on until it is answered; fails with `Over` when the attempt is none any more. */
export interface TaskApi {
  bundle(): Promise<Launch.Bundle>;
  report(report: Task.Report): Promise<{ readonly stop: boolean }>;
  ship(step: Launch.StepName, offset: number, bytes: Uint8Array): Promise<void>;
}

interface Attempt {
  readonly run: string;
  readonly attempt: number;
  readonly ticket: string;
}

/** Milliseconds between tries: the first, and the most. */
export interface Patience {
  readonly first: number;
  readonly most: number;
}

/** Speaks for one attempt with the platform at `url`. `signal` ends the waiting between tries. */
export function taskApi(
  send: Send,
  url: string,
  of: Attempt & { signal: AbortSignal; patience?: Patience },
): TaskApi {
  const root = `${url}/api/tasks/${of.run}/${of.attempt}`;
  const headers = { authorization: `Ticket ${of.ticket}` };
  const json = { ...headers, "content-type": "application/json" };
  const raw = { ...headers, "content-type": "application/octet-stream" };
  const ask = (asked: Asked) =>
    answered(() => send(asked), of.signal, of.patience ?? { first: 100, most: 5000 });
  return {
    bundle: async () =>
      Launch.Bundle.parse(
        JSON.parse(await ask({ method: "POST", url: `${root}/bundle`, headers: json, body: "{}" })),
      ),
    report: async (report) => ({
      stop: wishes(
        await ask({
          method: "POST",
          url: `${root}/report`,
          headers: json,
          body: JSON.stringify(report),
        }),
      ),
    }),
    ship: async (step, offset, body) =>
      void (await ask({
        method: "PUT",
        url: `${root}/logs/${step}/${offset}`,
        headers: raw,
        body,
      })),
  };
}

const wishes = (text: string): boolean => {
  const answer: unknown = JSON.parse(text);
  return typeof answer === "object" && answer !== null && "stop" in answer && answer.stop === true;
};

/** Asks until there is a good answer. A server that is away comes back; one that refuses may be mended. */
async function answered(
  ask: () => Promise<Answer>,
  signal: AbortSignal,
  { first, most }: Patience,
): Promise<string> {
  for (let wait = first; ; wait = Math.min(wait * 2, most)) {
    signal.throwIfAborted();
    // A server that cannot be reached is one that comes back.
    const answer = await ask().catch(() => ({ status: 0, text: "" }));
    if (answer.status >= 200 && answer.status < 300) return answer.text;
    if (gone.test(answer.text)) throw new Over(answer.text.slice(0, 200));
    await pause(wait * (0.75 + Math.random() / 2), undefined, { signal });
  }
}

/**
 * The attempt has ended, is unknown, or the ticket is not its own: in no case does its task belong to a run.
 * Told by the code, since a bare 404 may come from anybody who listens at the address.
 */
const gone = /"code": ?"(?:task\.over|task\.ticket_invalid|run\.not_found)"/;
