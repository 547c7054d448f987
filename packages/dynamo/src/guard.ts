import { Stale, type AnyEntity, type Key, type Unique } from "@cassini/core/kit";
import * as z from "zod";
import type { Lying } from "./item.ts";
import { isNew, type Draft, type Move, type Write } from "./write.ts";

/** Where the guard of a unique name lies. */
export const guardKey = (type: string, name: string): Key => ({
  pk: `name#${type}#${name}`,
  sk: "name",
});

/** What a guard says: where the record lies that holds the name, and how long. */
export const Guard = z.object({
  holder_pk: z.string(),
  holder_sk: z.string(),
  ttl: z.number().optional(),
});

/** One record's hold of one name. */
interface Hold {
  readonly type: string;
  readonly unique: Unique;
  readonly holder: Key;
  readonly ttl: number | undefined;
}

/** The writes that pass names from those who give them up to those who take them; a name that passes needs one write. */
export function guardWrites(moves: readonly Move[], draft: Draft): readonly Write[] {
  const given = new Map<string, Hold>();
  const taken = new Map<string, Hold>();
  for (const { before, after } of moves.filter(({ change }) => !("check" in change))) {
    const [had, has] = [holdsOf(before), holdsOf(after)];
    for (const [pk, hold] of unlike(had, has)) given.set(pk, hold);
    for (const [pk, hold] of unlike(has, had)) take(taken, pk, hold);
  }
  const released = [...given]
    .filter(([pk]) => !taken.has(pk))
    .map(([, hold]) => release(hold, draft));
  return [...[...taken].map(([pk, hold]) => claim(hold, given.get(pk), draft)), ...released];
}

type Holds = ReadonlyMap<string, Hold>;

/** Those holds that are not, for the same time, among the others. */
const unlike = (holds: Holds, others: Holds): readonly (readonly [string, Hold])[] =>
  [...holds].filter(([pk, { ttl }]) => !others.has(pk) || others.get(pk)?.ttl !== ttl);

function holdsOf(lying: Lying | undefined): Holds {
  if (!lying) return new Map();
  const { entity, record, key, ttl }: { entity: AnyEntity } & Lying = lying;
  const { type } = entity;
  return new Map(
    entity
      .unique(record)
      .map((unique) => [guardKey(type, unique.name).pk, { type, unique, holder: key, ttl }]),
  );
}

function take(taken: Map<string, Hold>, pk: string, hold: Hold): void {
  if (taken.has(pk)) throw hold.unique.taken();
  taken.set(pk, hold);
}

/** Puts the guard of a name that is free, or that is given up in this commit. */
function claim(
  { type, unique, holder, ttl }: Hold,
  from: Hold | undefined,
  { table, now, id }: Draft,
): Write {
  const key = guardKey(type, unique.name);
  const Item = {
    ...key,
    holder_pk: holder.pk,
    holder_sk: holder.sk,
    ...(ttl !== undefined && { ttl }),
    saved: id,
  };
  const condition = from ? isHeldBy(from.holder) : isNew(now);
  const refused = from ? () => Stale({ type }) : () => unique.taken();
  return { key, refused, item: { Put: { TableName: table, Item, ...condition } } };
}

function release({ type, unique, holder }: Hold, { table }: Draft): Write {
  const key = guardKey(type, unique.name);
  return {
    key,
    refused: () => Stale({ type }),
    item: { Delete: { TableName: table, Key: key, ...isHeldBy(holder) } },
  };
}

const isHeldBy = ({ pk, sk }: Key) => ({
  ConditionExpression: "#holder_pk = :pk AND #holder_sk = :sk",
  ExpressionAttributeNames: { "#holder_pk": "holder_pk", "#holder_sk": "holder_sk" },
  ExpressionAttributeValues: { ":pk": pk, ":sk": sk },
});
