import type { Entity, Store, Stored } from "@cassini/core/kit";
import type { Clock } from "@cassini/core/world";
import { commit } from "./commit.ts";
import type { Connection } from "./connect.ts";
import type { Engine, OnEvents, OnWrite } from "./engine.ts";
import { Guard, guardKey } from "./guard.ts";
import { isOver, recordOf } from "./item.ts";
import { list } from "./list.ts";
import { readerOf, type Reader } from "./reader.ts";

interface Wanted {
  readonly onWrite?: OnWrite;
  readonly onEvents?: OnEvents;
  /** For how many milliseconds a request is tried again before the store counts as busy: 10 seconds unless told. */
  readonly patience?: number;
}

/** A connection as the store, the outbox and the sweep use it. */
export const engineOf = (
  connection: Connection,
  { onWrite = () => undefined, onEvents = () => undefined, patience = 10_000 }: Wanted = {},
): Engine => ({
  ...connection,
  onWrite,
  onEvents,
  patience,
});

/** The Store on one DynamoDB table, in both runtimes. What is over counts as gone, whether or not it has been deleted. */
export function dynamoStore(engine: Engine, clock: Clock): Store {
  const read = readerOf(engine);
  return {
    get: async (entity, id) => recordOf(entity, await read(entity.key(id)), clock.now()),
    byName: (entity, name) => byName(read, { entity, name, now: clock.now() }, 3),
    list: (entity, index, partition, page) =>
      list(engine, { type: entity.type, index, partition, now: clock.now() }, page),
    commit: (changes, facts, actor) => commit(engine, clock.now(), { changes, facts, actor }),
  };
}

interface Named<T, Id, S> {
  readonly entity: Entity<T, Id, S>;
  readonly name: string;
  readonly now: number;
}

/** Reads the guard, then its holder; reads both again where the name has passed on in between. */
async function byName<T, Id, S>(
  read: Reader,
  asked: Named<T, Id, S>,
  tries: number,
): Promise<Stored<T> | undefined> {
  const { entity, name, now } = asked;
  const found = await read(guardKey(entity.type, name));
  if (found === undefined || tries === 0) return undefined;
  const guard = Guard.parse(found);
  if (isOver(guard.ttl, now)) return undefined;
  const holder = await read({ pk: guard.holder_pk, sk: guard.holder_sk });
  const record = recordOf(entity, holder, now);
  if (record && entity.unique(record).some((unique) => unique.name === name)) return record;
  return byName(read, asked, tries - 1);
}
