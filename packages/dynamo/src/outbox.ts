import { BatchWriteCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { Envelope, timeOf, type Fact, type Key } from "@cassini/core/kit";
import type { Clock } from "@cassini/core/world";
import * as z from "zod";
import { busyNow, patiently, type Engine } from "./engine.ts";
import { timeDigits, type Draft, type Write } from "./write.ts";

/** In how many shares the outbox is kept, so that no single key carries every event. */
export const outboxShards = 4;

const secondsKept = 24 * 60 * 60;

/** The events of a commit, each with an id that tells its commit and its place in it. */
export const envelopesOf = (
  facts: readonly Fact[],
  actor: string,
  { now, id }: Pick<Draft, "now" | "id">,
): readonly Envelope[] =>
  facts.map(({ name, data }, index) => ({
    id: id + index.toString(16).padStart(2, "0"),
    name,
    at: timeOf(now),
    actor,
    data,
  }));

/** The rows of a commit's events: kept with its changes, and deleted by whoever delivers them, or by time. */
export function eventWrites(
  events: readonly Envelope[],
  { table, now, id }: Draft,
): readonly Write[] {
  const ttl = Math.floor(now / 1000) + secondsKept;
  return events.map((envelope) => {
    const key = keyOf(envelope.id);
    return {
      key,
      item: { Put: { TableName: table, Item: { ...key, ...envelope, ttl, saved: id } } },
    };
  });
}

/** An event's id tells its share: the last random digit of the commit that it belongs to. */
const keyOf = (id: string): Key => ({
  pk: `outbox#${Number.parseInt(id.slice(-3, -2), 16) % outboxShards}`,
  sk: id,
});

/** The events that nobody has delivered yet. */
export interface Outbox {
  /** The oldest of them, at most `limit`, read consistently and in order of their ids; none that is older than a day. */
  pending(limit: number): Promise<readonly Envelope[]>;
  /** Forgets those that were delivered; what is not there any more is fine. */
  done(ids: readonly string[]): Promise<void>;
}

export function outboxOf(engine: Engine, clock: Clock): Outbox {
  const pending = async (limit: number) => {
    const since = timeDigits(clock.now() - secondsKept * 1000);
    const keys = Array.from({ length: outboxShards }, (_, shard) => ({
      pk: `outbox#${shard}`,
      sk: since,
    }));
    const found = await Promise.all(keys.map((from) => rows(engine, from, limit)));
    return found
      .flat()
      .toSorted((one, other) => (one.id < other.id ? -1 : 1))
      .slice(0, limit);
  };
  const done = async (ids: readonly string[]) => {
    const keys = [...new Set(ids)].map(keyOf);
    for (let start = 0; start < keys.length; start += batchSize) {
      await forget(engine, keys.slice(start, start + batchSize));
    }
  };
  return { pending, done };
}

async function rows(
  { client, table, patience }: Engine,
  from: Key,
  limit: number,
): Promise<readonly Envelope[]> {
  const request = new QueryCommand({
    TableName: table,
    ConsistentRead: true,
    Limit: limit,
    KeyConditionExpression: "#pk = :pk AND #sk >= :sk",
    ExpressionAttributeNames: { "#pk": "pk", "#sk": "sk" },
    ExpressionAttributeValues: { ":pk": from.pk, ":sk": from.sk },
  });
  const { Items } = await patiently({ patience }, () => client.send(request));
  return z.array(Envelope).parse(Items ?? []);
}

/** DynamoDB's limit for one batch of writes. */
const batchSize = 25;

async function forget(engine: Engine, keys: readonly Key[]): Promise<void> {
  const { client, table, onWrite } = engine;
  let left = keys.map((Key) => ({ DeleteRequest: { Key } }));
  await patiently(engine, async () => {
    onWrite("batch", left.length);
    const { UnprocessedItems } = await client.send(
      new BatchWriteCommand({ RequestItems: { [table]: left } }),
    );
    const unprocessed = UnprocessedItems?.[table] ?? [];
    left = left.filter(({ DeleteRequest }) =>
      unprocessed.some((one) => one.DeleteRequest?.Key?.["sk"] === DeleteRequest.Key.sk),
    );
    if (left.length > 0) throw busyNow();
  });
}
