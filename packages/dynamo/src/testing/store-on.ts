import { put, type Change, type Stored } from "@cassini/core/kit";
import { manualClock, note, notes, type Note } from "@cassini/core/testing/store";
import { onTestFinished } from "vitest";
import { connect } from "../connect.ts";
import { dynamoStore, engineOf } from "../store.ts";
import { engineThat, type Answers } from "./engine-that.ts";

/** A store, for one test, on an engine that gives these answers; what it asked, and the writes that it told of. */
export const storeOn = (...answers: Answers) => storeWith(30_000, answers);

/** The same with a patience of its own, in milliseconds. */
export async function storeWith(patience: number, answers: Answers) {
  const { endpoint, requests, close } = await engineThat(...answers);
  onTestFinished(close);
  const writes: string[] = [];
  const engine = engineOf(connect({ endpoint, table: "cassini", region: "local" }), {
    patience,
    onWrite: (kind, items) => writes.push(`${kind} ${items}`),
  });
  const asked = () => requests.map(({ operation }) => operation);
  return { store: dynamoStore(engine, manualClock()), requests, writes, asked };
}

/** A note as if it had been read. */
export const read = (of: Partial<Note> = {}): Stored<Note> => ({ ...note(of), version: 3 });

/** A change of a note that leaves its names alone. */
export const change = (): Change => {
  const before = read();
  return put(notes, { ...before, text: "new" }, before);
};

/** How the engine says which items of a transaction it refuses, and why. */
export const cancelled = (...reasons: readonly string[]) => ({
  error: "TransactionCanceledException",
  reasons,
});
