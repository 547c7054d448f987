import type * as z from "zod";
import type { Failure } from "./failure.ts";

/** Where an item lies in the one table. */
export interface Key {
  readonly pk: string;
  readonly sk: string;
}

/** A name that only one record may hold at a time, and the failure of whoever comes second. */
export interface Unique {
  readonly name: string;
  taken(): Failure;
}

/** The table's indexes. Each is sparse and lists summaries; a record is in those that its entity names. */
export const indexNames = ["byOwner", "byParent", "byActivity"] as const;
export type IndexName = (typeof indexNames)[number];

/** What a noun tells the store: its key, its lists, its unique names, its life time. */
export interface Entity<T, Id, Summary = T> {
  readonly type: string;
  readonly schema: z.ZodType<T>;
  readonly key: (id: Id) => Key;
  readonly idOf: (record: T) => Id;
  readonly indexes: Readonly<Partial<Record<IndexName, (record: T) => Key | undefined>>>;
  readonly unique: (record: T) => readonly Unique[];
  /** What lists show of a record; the whole record where it is small. */
  readonly summary: (record: T) => Summary;
  /** Epoch seconds after which the record may vanish. */
  readonly expires: (record: T) => number | undefined;
}

interface Declaration<T, Id, Summary> {
  type: string;
  schema: z.ZodType<T>;
  key: (id: Id) => Key;
  idOf: (record: T) => Id;
  indexes?: Partial<Record<IndexName, (record: T) => Key | undefined>>;
  unique?: (record: T) => readonly Unique[];
  summary?: (record: T) => Summary;
  expires?: (record: T) => number | undefined;
}

// oxlint-disable-next-line typescript/no-explicit-any -- a mixture of entities; `put`, `remove` and `check` type each
export type AnyEntity = Entity<any, any, any>;

const declaredEntities = new Map<string, AnyEntity>();

/** Every entity declared so far; the key table in the reference is made from it. */
export const entities = (): readonly AnyEntity[] => [...declaredEntities.values()];

/** Declares how a noun is kept. */
export function entity<T, Id, Summary = T>(
  of: Declaration<T, Id, Summary>,
): Entity<T, Id, Summary> {
  if (declaredEntities.has(of.type)) throw new Error(`The entity ${of.type} is declared twice.`);
  const whole: Entity<T, Id, Summary> = {
    indexes: {},
    unique: () => [],
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- without a summary of its own, Summary is T
    summary: (record) => record as unknown as Summary,
    expires: () => undefined,
    ...of,
  };
  declaredEntities.set(of.type, whole);
  return whole;
}
