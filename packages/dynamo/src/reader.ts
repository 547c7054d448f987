import { BatchGetCommand, GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Key } from "@cassini/core/kit";
import * as z from "zod";
import { patiently, type Engine } from "./engine.ts";
import { textOf } from "./write.ts";

/** Reads an item by its key, consistently; undefined where there is none. */
export type Reader = (key: Key) => Promise<unknown>;

/** The most keys that one BatchGetItem takes (DynamoDB API reference). */
const mostKeys = 100;

const Keyed = z.looseObject({ pk: z.string(), sk: z.string() });

/** What is read in the same turn shares one request, and what is read twice in it is read once. */
export function readerOf(engine: Engine): Reader {
  let turn = new Map<string, Key>();
  let answer = Promise.resolve(new Map<string, unknown>());
  const begin = (): void => {
    const keys = turn;
    answer = Promise.resolve().then(() => {
      if (turn === keys) turn = new Map();
      return readAll(engine, [...keys.values()]);
    });
  };
  return async (key) => {
    if (turn.size === mostKeys) turn = new Map();
    if (turn.size === 0) begin();
    turn.set(textOf(key), key);
    return (await answer).get(textOf(key));
  };
}

async function readAll(engine: Engine, keys: readonly Key[]): Promise<Map<string, unknown>> {
  const [key] = keys;
  if (key && keys.length === 1) return new Map([[textOf(key), await readOne(engine, key)]]);
  return readMany(engine, keys);
}

async function readOne(engine: Engine, key: Key): Promise<unknown> {
  const request = new GetCommand({ TableName: engine.table, Key: key, ConsistentRead: true });
  return (await patiently(engine, () => engine.client.send(request))).Item;
}

/** What an answer leaves out for its size or for lack of capacity is asked for again. */
async function readMany(engine: Engine, keys: readonly Key[]): Promise<Map<string, unknown>> {
  const { client, table } = engine;
  const request = new BatchGetCommand({
    RequestItems: { [table]: { Keys: [...keys], ConsistentRead: true } },
  });
  const { Responses, UnprocessedKeys } = await patiently(engine, () => client.send(request));
  const found = new Map<string, unknown>();
  for (const item of Responses?.[table] ?? []) found.set(textOf(Keyed.parse(item)), item);
  const left = UnprocessedKeys?.[table]?.Keys ?? [];
  if (left.length === 0) return found;
  const rest = await readAll(engine, z.array(Keyed).parse(left));
  return new Map([...found, ...rest]);
}
