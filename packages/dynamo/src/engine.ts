import { StoreBusy, type Envelope } from "@cassini/core/kit";
import { setTimeout as sleep } from "node:timers/promises";
import type { Connection } from "./connect.ts";

/** Hears of every write request that is sent, the repeated ones too, with the number of its items. */
export type OnWrite = (kind: "put" | "delete" | "transaction" | "batch", items: number) => void;

/** Hears of the events of each commit, once it is kept; an answer that was lost for good is the one way to miss them. */
export type OnEvents = (events: readonly Envelope[]) => void;

/** A connection, and how it is to be used. */
export interface Engine extends Connection {
  readonly onWrite: OnWrite;
  readonly onEvents: OnEvents;
  /** For how long a request is tried again before the store counts as busy, in milliseconds. */
  readonly patience: number;
}

const longestPause = 1_000;

/**
 * Tries again, after pauses of growing random length, whatever may pass the next time; fails with `store.busy` once the patience is over.
 * An attempt is told when an earlier one stayed without an answer, and so may have been kept.
 */
export async function patiently<T>(
  { patience }: Pick<Engine, "patience">,
  attempt: (unsure: boolean) => Promise<T>,
): Promise<T> {
  const end = performance.now() + patience;
  let unsure = false;
  for (let pause = 20; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await attempt(unsure);
    } catch (error) {
      const trouble = troubleOf(error);
      if (trouble === "lasting") throw error;
      unsure ||= trouble === "unanswered";
      const wait = Math.random() * pause;
      if (performance.now() + wait > end) throw StoreBusy({}, error);
      await sleep(wait);
    }
  }
}

const passing = new Set([
  "LimitExceededException",
  "ProvisionedThroughputExceededException",
  "ReplicatedWriteConflictException",
  "RequestLimitExceeded",
  "ThrottlingException",
  "TransactionConflictException",
  "TransactionInProgressException",
]);
const reasons = new Set([
  "None",
  "ProvisionedThroughputExceeded",
  "ThrottlingError",
  "TransactionConflict",
]);
const network = new Set([
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
]);

/** Whether something may pass the next time: refused for now, or not answered at all, or neither. */
function troubleOf(error: unknown): "refused" | "unanswered" | "lasting" {
  if (!(error instanceof Error)) return "lasting";
  if (passing.has(error.name) || onlyForNow(error)) return "refused";
  return error.name === "TimeoutError" || network.has(nodeCodeOf(error)) || statusOf(error) >= 500
    ? "unanswered"
    : "lasting";
}

function onlyForNow(error: Error): boolean {
  const codes = cancellationsOf(error);
  return codes.length > 0 && codes.every((code) => reasons.has(code));
}

/** Why each item of a transaction was refused, in the order of the items; empty for any other error. */
export function cancellationsOf(error: unknown): readonly string[] {
  if (
    !(error instanceof Error) ||
    !("CancellationReasons" in error) ||
    !Array.isArray(error.CancellationReasons)
  )
    return [];
  return error.CancellationReasons.map((reason: { Code?: string }) => reason.Code ?? "None");
}

const nodeCodeOf = (error: Error): string =>
  "code" in error && typeof error.code === "string" ? error.code : "";

function statusOf(error: Error): number {
  if (!("$metadata" in error) || typeof error.$metadata !== "object" || error.$metadata === null)
    return 0;
  const { httpStatusCode } = error.$metadata as { httpStatusCode?: number };
  return httpStatusCode ?? 0;
}

/** For what a batch left undone: passes the next time. */
export const busyNow = (): Error =>
  Object.assign(new Error("Left undone for now."), { name: "ThrottlingException" });
