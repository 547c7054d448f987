import { ScanCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { Key } from "@cassini/core/kit";
import { setImmediate as others } from "node:timers/promises";
import * as z from "zod";
import { cancellationsOf, patiently, type Engine } from "./engine.ts";

const Swept = z.object({ pk: z.string(), sk: z.string() });

/** How many items one reading looks at, and one write deletes: few, so that requests in between are served soon. */
const scanned = 250;
const atOnce = 25;

/**
 * Deletes what is over, for engines that never do so themselves, and answers how many items went.
 * Looks at the whole table, so it belongs on a timer, never on a way that somebody waits for.
 */
export async function sweepExpired(engine: Engine, now: number): Promise<number> {
  const seconds = Math.floor(now / 1000);
  let start: Record<string, unknown> | undefined;
  let deleted = 0;
  do {
    const page = await over(engine, seconds, start);
    for (let first = 0; first < page.keys.length; first += atOnce) {
      deleted += await remove(engine, page.keys.slice(first, first + atOnce), seconds);
    }
    start = page.next;
    await others();
  } while (start);
  return deleted;
}

async function over(
  { client, table, patience }: Engine,
  seconds: number,
  start: Record<string, unknown> | undefined,
) {
  const request = new ScanCommand({
    TableName: table,
    Limit: scanned,
    ExclusiveStartKey: start,
    ProjectionExpression: "#pk, #sk",
    FilterExpression: "#ttl <= :now",
    ExpressionAttributeNames: { "#pk": "pk", "#sk": "sk", "#ttl": "ttl" },
    ExpressionAttributeValues: { ":now": seconds },
  });
  const { Items, LastEvaluatedKey } = await patiently({ patience }, () => client.send(request));
  return { keys: z.array(Swept).parse(Items ?? []), next: LastEvaluatedKey };
}

/** Deletes items but those that have been given more time since: these refuse the whole, so each half is tried alone. */
async function remove(engine: Engine, keys: readonly Key[], seconds: number): Promise<number> {
  const { client, table, onWrite } = engine;
  const condition = {
    ConditionExpression: "#ttl <= :now",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":now": seconds },
  };
  const TransactItems = keys.map((Key) => ({ Delete: { TableName: table, Key, ...condition } }));
  const request = new TransactWriteCommand({ TransactItems });
  try {
    await patiently(engine, () => (onWrite("transaction", keys.length), client.send(request)));
    return keys.length;
  } catch (error) {
    if (!cancellationsOf(error).includes("ConditionalCheckFailed")) throw error;
    if (keys.length === 1) return 0;
    const middle = Math.ceil(keys.length / 2);
    return (
      (await remove(engine, keys.slice(0, middle), seconds)) +
      (await remove(engine, keys.slice(middle), seconds))
    );
  }
}
