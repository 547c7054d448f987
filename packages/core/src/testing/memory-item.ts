import type { AnyEntity, Change, Entity, IndexName, Key, Stored, Unique } from "../kit/index.ts";

/** A record as the memory store keeps it: as text, so that nobody holds on to what is kept. */
export interface Item {
  readonly type: string;
  readonly key: Key;
  readonly version: number;
  readonly record: string;
  readonly summary: string;
  readonly names: readonly Unique[];
  readonly indexes: Readonly<Partial<Record<IndexName, Key>>>;
  readonly expires: number | undefined;
}

/** One change, as what must be there before and what is there after it. A check leaves the very same item. */
export interface Step {
  readonly type: string;
  readonly key: Key;
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export function stepOf(change: Change): Step {
  const before =
    change.previous && itemOf(entityOf(change), change.previous, change.previous.version);
  const after = leftBy(change, before);
  const items = [before, after].filter((item) => item !== undefined);
  const [item] = items;
  if (!item || new Set(items.map(({ key }) => textOf(key))).size > 1)
    throw new Error("A change moved its record to another key.");
  return { type: item.type, key: item.key, before, after };
}

function leftBy(change: Change, before: Item | undefined): Item | undefined {
  if ("put" in change) return itemOf(change.put, change.record, (before?.version ?? 0) + 1);
  return "check" in change ? before : undefined;
}

function entityOf(change: Change): AnyEntity {
  if ("put" in change) return change.put;
  return "remove" in change ? change.remove : change.check;
}

function itemOf(entity: AnyEntity, record: object, version: number): Item {
  const whole: unknown = entity.schema.parse(record);
  return {
    type: entity.type,
    key: entity.key(entity.idOf(whole)),
    version,
    record: JSON.stringify(whole),
    summary: JSON.stringify(entity.summary(whole)),
    names: entity.unique(whole),
    indexes: Object.fromEntries(
      Object.entries(entity.indexes).map(([name, of]) => [name, of(whole)]),
    ),
    expires: entity.expires(whole),
  };
}

/** The record of an item, for its reader alone. */
export function recordOf<T, Id, S>(entity: Entity<T, Id, S>, item: Item): Stored<T> {
  return { ...entity.schema.parse(JSON.parse(item.record)), version: item.version };
}

/** Whether an item's time is over. */
export const expired = ({ expires }: Item, now: number): boolean =>
  expires !== undefined && expires * 1000 <= now;

/** A key as one text, for maps. */
export const textOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
