import type { AnyEntity, Entity, IndexName, Key } from "./entity.ts";
import type { Fact } from "./event.ts";
import { failure } from "./failure.ts";

/** A record as it is kept: `version` counts its saves, from 1. No record has a field of that name itself. */
export type Stored<T> = T & { readonly version: number };

/** A place between two items of a list. */
export interface Position {
  readonly key: Key;
  readonly index: Key;
}

/** Which part of a list is asked for. `backwards` reads the page that ends just before `from`. */
export interface Page {
  readonly size: number;
  readonly descending?: boolean | undefined;
  readonly prefix?: string | undefined;
  readonly from?: Position | undefined;
  readonly backwards?: boolean | undefined;
}

export interface Listed<T> {
  readonly items: readonly T[];
  /** Present while more items follow. */
  readonly next?: Position | undefined;
  /** Present where items precede. */
  readonly prev?: Position | undefined;
}

/** One change of a commit. `previous` is the reading it rests on; without one the record must be new. */
export type Change =
  | {
      readonly put: AnyEntity;
      readonly record: object;
      readonly previous?: Stored<object> | undefined;
    }
  | { readonly remove: AnyEntity; readonly previous: Stored<object> }
  | { readonly check: AnyEntity; readonly previous: Stored<object> };

/** Keeps a record: new, or in place of the reading it rests on. */
export const put = <T extends object, Id, S>(
  entity: Entity<T, Id, S>,
  record: T,
  previous?: Stored<T>,
): Change => ({ put: entity, record, previous });

/** Removes a record as it was read. */
export const remove = <T extends object, Id, S>(
  entity: Entity<T, Id, S>,
  previous: Stored<T>,
): Change => ({
  remove: entity,
  previous,
});

/** Lets the commit pass only while a record is as it was read. */
export const check = <T extends object, Id, S>(
  entity: Entity<T, Id, S>,
  previous: Stored<T>,
): Change => ({
  check: entity,
  previous,
});

export interface Store {
  /** The record, read consistently; undefined where there is none or its time is over. */
  get<T, Id, S>(entity: Entity<T, Id, S>, id: Id): Promise<Stored<T> | undefined>;

  /** The record that holds a unique name, read consistently through the name's guard. */
  byName<T, Id, S>(entity: Entity<T, Id, S>, name: string): Promise<Stored<T> | undefined>;

  /** A page of summaries, in order of the index' sort key. Indexes may lag behind commits. */
  list<T, Id, S>(
    entity: Entity<T, Id, S>,
    index: IndexName,
    partition: string,
    page: Page,
  ): Promise<Listed<S>>;

  /**
   * Keeps all changes and events in one step, or none of them.
   * Fails with `store.stale` if a record changed since it was read, with the declared failure if a unique name is taken.
   * At most 25 changes; events are delivered at least once, later.
   */
  commit(changes: readonly Change[], facts: readonly Fact[], actor: string): Promise<void>;
}

/** The largest number of changes of one commit. */
export const maxChanges = 25;

/** A whole list, page by page: for the platform's own walks, never for an answer that a user waits for. */
export async function wholeList<T, Id, S>(
  store: Store,
  entity: Entity<T, Id, S>,
  index: IndexName,
  where: { partition: string; prefix?: string },
): Promise<readonly S[]> {
  const found: S[] = [];
  let from: Position | undefined;
  do {
    const page: Listed<S> = await store.list(entity, index, where.partition, {
      size: 200,
      prefix: where.prefix,
      from,
    });
    found.push(...page.items);
    from = page.next;
  } while (from);
  return found;
}

export const Stale = failure<{ type: string }>(
  "conflict",
  "store.stale",
  ({ type }) =>
    `This ${type} was changed by someone else at the same time. Read it again and retry.`,
);
export const TooManyChanges = failure<{ count: number }>(
  "broken",
  "store.too_many_changes",
  ({ count }) =>
    `A commit of ${count} changes is more than the ${maxChanges} that are kept in one step.`,
);
export const StoreBusy = failure(
  "busy",
  "store.busy",
  () => "The store cannot keep up at the moment. Try the same again in a few seconds.",
);
