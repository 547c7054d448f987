import {
  indexNames,
  placeOf,
  type AnyEntity,
  type Entity,
  type IndexName,
  type Key,
  type Stored,
} from "@cassini/core/kit";
import * as z from "zod";

/** What every item of a record carries. `record` is absent where the summary is the whole record; `saved` names the commit that wrote it. */
export interface RecordItem extends Key {
  readonly type: string;
  readonly version: number;
  readonly record?: unknown;
  readonly summary: unknown;
  readonly ttl?: number;
  readonly saved: string;
}

/** A record and where it lies, as one change of a commit sees it. */
export interface Lying {
  readonly entity: AnyEntity;
  readonly record: unknown;
  readonly key: Key;
  readonly ttl: number | undefined;
}

/** A record as its schema knows it, and where it lies. */
export function lying(entity: AnyEntity, given: object): Lying {
  const record: unknown = entity.schema.parse(given);
  return { entity, record, key: entity.key(entity.idOf(record)), ttl: entity.expires(record) };
}

/** The item that a record is kept as. */
export function itemOf(
  { entity, record, key, ttl }: Lying,
  version: number,
  saved: string,
): RecordItem {
  const summary: unknown = entity.summary(record);
  return {
    ...key,
    type: entity.type,
    version,
    ...(summary !== record && { record }),
    summary,
    ...(ttl !== undefined && { ttl }),
    saved,
    ...Object.fromEntries(
      indexNames.flatMap((index) => placed(index, entity.indexes[index]?.(record))),
    ),
  };
}

function placed(index: IndexName, key: Key | undefined): readonly (readonly [string, string])[] {
  const place = placeOf(index);
  return key
    ? [
        [place.pk, key.pk],
        [place.sk, key.sk],
      ]
    : [];
}

const Kept = z.object({
  version: z.number(),
  record: z.unknown().optional(),
  summary: z.unknown(),
  ttl: z.number().optional(),
});

/** The record that an item keeps; undefined where there is no item or its time is over. */
export function recordOf<T, Id, S>(
  entity: Entity<T, Id, S>,
  item: unknown,
  now: number,
): Stored<T> | undefined {
  if (item === undefined) return undefined;
  const { version, record, summary, ttl } = Kept.parse(item);
  if (isOver(ttl, now)) return undefined;
  return { ...entity.schema.parse(record ?? summary), version };
}

/** Whether a time to live, in epoch seconds, is over at a moment in milliseconds. */
export const isOver = (ttl: number | undefined, now: number): boolean =>
  ttl !== undefined && ttl * 1000 <= now;
