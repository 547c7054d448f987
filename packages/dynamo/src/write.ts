import type { TransactWriteCommandInput } from "@aws-sdk/lib-dynamodb";
import { Stale, type AnyEntity, type Change, type Failure, type Key } from "@cassini/core/kit";
import { isOver, itemOf, lying, type Lying } from "./item.ts";

type TransactItem = NonNullable<TransactWriteCommandInput["TransactItems"]>[number];

/** One item that a commit writes or looks at, and the failure if what it rests on, where it rests on anything, is not so. */
export interface Write {
  readonly item: TransactItem;
  readonly key: Key;
  readonly refused?: () => Failure;
}

/** A commit while it is being made: its table, its time (milliseconds), and the id that all of its items carry. */
export interface Draft {
  readonly table: string;
  readonly now: number;
  readonly id: string;
}

/** What a change rests on and what it leaves; `version` is that of the reading. */
export interface Move {
  readonly change: Change;
  readonly version: number | undefined;
  readonly before: Lying | undefined;
  readonly after: Lying | undefined;
  readonly key: Key;
}

export function moveOf(change: Change): Move {
  const entity = entityOf(change);
  const before = change.previous && lying(entity, change.previous);
  const after = "put" in change ? lying(entity, change.record) : undefined;
  return { change, version: change.previous?.version, before, after, key: keyOf(before, after) };
}

function keyOf(before: Lying | undefined, after: Lying | undefined): Key {
  const keys = [before, after].flatMap((one) => (one ? [one.key] : []));
  const [key] = keys;
  if (!key || new Set(keys.map(textOf)).size > 1)
    throw new Error("A change moved its record to another key.");
  return key;
}

function entityOf(change: Change): AnyEntity {
  if ("put" in change) return change.put;
  return "remove" in change ? change.remove : change.check;
}

/** The write of a change's own record; fails at once where the reading's time is over. */
export function recordWrite(
  { change, version, before, after, key }: Move,
  { table, now, id }: Draft,
): Write {
  const refused = () => Stale({ type: entityOf(change).type });
  if (isOver(before?.ttl, now)) throw refused();
  const condition = { TableName: table, ...(version === undefined ? isNew(now) : isAt(version)) };
  if (after)
    return {
      key,
      refused,
      item: { Put: { ...condition, Item: itemOf(after, (version ?? 0) + 1, id) } },
    };
  const item =
    "check" in change
      ? { ConditionCheck: { ...condition, Key: key } }
      : { Delete: { ...condition, Key: key } };
  return { key, refused, item };
}

/** Nothing is there, or only what is over and not deleted yet. */
export const isNew = (now: number) => ({
  ConditionExpression: "attribute_not_exists(#pk) OR #ttl <= :now",
  ExpressionAttributeNames: { "#pk": "pk", "#ttl": "ttl" },
  ExpressionAttributeValues: { ":now": Math.floor(now / 1000) },
});

const isAt = (version: number) => ({
  ConditionExpression: "#version = :version",
  ExpressionAttributeNames: { "#version": "version" },
  ExpressionAttributeValues: { ":version": version },
});

/** A key as one text, for maps. */
export const textOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);

/** A moment in milliseconds as twelve hex digits, which sort as time does. */
export const timeDigits = (moment: number): string => moment.toString(16).padStart(12, "0");
