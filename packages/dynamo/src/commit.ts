import {
  BatchGetCommand,
  DeleteCommand,
  PutCommand,
  TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import {
  maxChanges,
  TooManyChanges,
  type Change,
  type Envelope,
  type Fact,
  type Failure,
} from "@cassini/core/kit";
import { cancellationsOf, patiently, type Engine } from "./engine.ts";
import { guardWrites } from "./guard.ts";
import { envelopesOf, eventWrites } from "./outbox.ts";
import { moveOf, recordWrite, textOf, timeDigits, type Draft, type Write } from "./write.ts";

/** DynamoDB's limit for one transaction. */
const maxItems = 100;

interface Wanted {
  readonly changes: readonly Change[];
  readonly facts: readonly Fact[];
  readonly actor: string;
}

/** Keeps all of it in one step, or none. */
export async function commit(engine: Engine, now: number, wanted: Wanted): Promise<void> {
  const draft = { table: engine.table, now, id: commitId(now) };
  const events = envelopesOf(wanted.facts, wanted.actor, draft);
  const writes = writesOf(wanted.changes, events, draft);
  if (writes.length === 0) return;
  const send = sender(engine, writes, draft.id);
  await patiently(engine, async (unsure) => {
    try {
      await send();
    } catch (error) {
      const refusal = refusalOf(error, writes);
      if (!refusal) throw error;
      if (!unsure || !(await wasKept(engine, writes, draft.id))) throw refusal;
    }
  });
  if (events.length > 0) engine.onEvents(events);
}

let last = { now: 0, count: 0 };

/**
 * Twelve digits of time, three that count within the millisecond, and fifteen of chance: sorts as this process commits,
 * and serves DynamoDB as its token for repeats.
 */
function commitId(now: number): string {
  last = { now, count: now === last.now ? last.count + 1 : 0 };
  const count = (last.count % 0x1000).toString(16).padStart(3, "0");
  const chance = Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  );
  return timeDigits(now) + count + chance.join("").slice(1);
}

/** Records first: where both a record and a name refuse the commit, it is the reading that was stale. */
function writesOf(
  changes: readonly Change[],
  events: readonly Envelope[],
  draft: Draft,
): readonly Write[] {
  if (changes.length > maxChanges) throw TooManyChanges({ count: changes.length });
  const moves = changes.map(moveOf);
  if (new Set(moves.map(({ key }) => textOf(key))).size < moves.length) {
    throw new Error("A commit changes the same record twice.");
  }
  const records = moves.map((move) => recordWrite(move, draft));
  const writes = [...records, ...guardWrites(moves, draft), ...eventWrites(events, draft)];
  if (writes.length > maxItems) throw TooManyChanges({ count: writes.length });
  return writes;
}

/** One item alone needs no transaction, which costs twice as much. Each call sends the very same request. */
function sender(
  { client, onWrite }: Engine,
  writes: readonly Write[],
  id: string,
): () => Promise<unknown> {
  const [first, second] = writes.map(({ item }) => item);
  if (first?.Put && !second) {
    const request = new PutCommand(first.Put);
    return () => (onWrite("put", 1), client.send(request));
  }
  if (first?.Delete && !second) {
    const request = new DeleteCommand(first.Delete);
    return () => (onWrite("delete", 1), client.send(request));
  }
  const TransactItems = writes.map(({ item }) => item);
  const request = new TransactWriteCommand({ TransactItems, ClientRequestToken: id });
  return () => (onWrite("transaction", writes.length), client.send(request));
}

/** The failure of the first write whose condition did not hold, if that is what the error says. */
function refusalOf(error: unknown, writes: readonly Write[]): Failure | undefined {
  const alone = error instanceof Error && error.name === "ConditionalCheckFailedException";
  const index = alone ? 0 : cancellationsOf(error).indexOf("ConditionalCheckFailed");
  return writes[index]?.refused?.();
}

/**
 * Whether an earlier try, whose answer was lost, has been kept. DynamoDB remembers its token for ten minutes, but only for
 * transactions, and the embedded engine forgets it when it dies: so what was written tells.
 * A commit that only removes is kept once nothing of it is there.
 */
async function wasKept(
  { client, table }: Engine,
  writes: readonly Write[],
  id: string,
): Promise<boolean> {
  const puts = writes.filter(({ item }) => item.Put);
  const telling = puts.length > 0 ? puts : writes.filter(({ item }) => item.Delete);
  if (telling.length === 0) return false;
  const names = { ProjectionExpression: "#saved", ExpressionAttributeNames: { "#saved": "saved" } };
  const Keys = telling.map(({ key }) => key);
  const request = new BatchGetCommand({
    RequestItems: { [table]: { Keys, ConsistentRead: true, ...names } },
  });
  const found = (await client.send(request)).Responses?.[table] ?? [];
  return puts.length > 0 ? found.some((item) => item["saved"] === id) : found.length === 0;
}
