import { DeleteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Key } from "@cassini/core/kit";
import { setImmediate as others } from "node:timers/promises";
import * as z from "zod";
import { patiently, type Engine } from "./engine.ts";

const Swept = z.object({ pk: z.string(), sk: z.string() });

/** How many items one reading looks at: few, so that requests in between are served soon. */
const scanned = 250;

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
    for (const key of page.keys) deleted += await remove(engine, key, seconds);
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

/** Deletes an item unless it has been given more time since. */
async function remove(engine: Engine, Key: Key, seconds: number): Promise<number> {
  const { client, table, onWrite } = engine;
  const request = new DeleteCommand({
    TableName: table,
    Key,
    ConditionExpression: "#ttl <= :now",
    ExpressionAttributeNames: { "#ttl": "ttl" },
    ExpressionAttributeValues: { ":now": seconds },
  });
  try {
    await patiently(engine, () => (onWrite("delete", 1), client.send(request)));
    return 1;
  } catch (error) {
    if (error instanceof Error && error.name === "ConditionalCheckFailedException") return 0;
    throw error;
  }
}
