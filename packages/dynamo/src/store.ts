import { GetCommand } from "@aws-sdk/lib-dynamodb";
import type { Entity, Key, Store, Stored } from "@cassini/core/kit";
import type { Clock } from "@cassini/core/world";
import { commit } from "./commit.ts";
import type { Connection } from "./connect.ts";
import { patiently, type Engine, type OnEvents, type OnWrite } from "./engine.ts";
import { Guard, guardKey } from "./guard.ts";
import { isOver, recordOf } from "./item.ts";
import { list } from "./list.ts";

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
  return {
    get: async (entity, id) => recordOf(entity, await item(engine, entity.key(id)), clock.now()),
    byName: (entity, name) => byName(engine, { entity, name, now: clock.now() }, 3),
    list: (entity, index, partition, page) =>
      list(engine, { type: entity.type, index, partition, now: clock.now() }, page),
    commit: (changes, facts, actor) => commit(engine, clock.now(), { changes, facts, actor }),
  };
}

async function item({ client, table, patience }: Engine, key: Key): Promise<unknown> {
  const request = new GetCommand({ TableName: table, Key: key, ConsistentRead: true });
  return (await patiently({ patience }, () => client.send(request))).Item;
}

interface Named<T, Id, S> {
  readonly entity: Entity<T, Id, S>;
  readonly name: string;
  readonly now: number;
}

/** Reads the guard, then its holder; reads both again where the name has passed on in between. */
async function byName<T, Id, S>(
  engine: Engine,
  asked: Named<T, Id, S>,
  tries: number,
): Promise<Stored<T> | undefined> {
  const { entity, name, now } = asked;
  const found = await item(engine, guardKey(entity.type, name));
  if (found === undefined || tries === 0) return undefined;
  const guard = Guard.parse(found);
  if (isOver(guard.ttl, now)) return undefined;
  const record = recordOf(
    entity,
    await item(engine, { pk: guard.holder_pk, sk: guard.holder_sk }),
    now,
  );
  if (record && entity.unique(record).some((unique) => unique.name === name)) return record;
  return byName(engine, asked, tries - 1);
}
