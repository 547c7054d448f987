import {
  timeOf,
  type Entity,
  type Envelope,
  type Fact,
  type Listed,
  type Store,
} from "../kit/index.ts";
import type { Clock } from "../world.ts";
import { memoryIndex } from "./memory-index.ts";
import { recordOf, textOf } from "./memory-item.ts";
import { accepted, alive, renamed, type Kept } from "./memory-rules.ts";

export interface MemoryStore extends Store {
  /** Every event kept so far, in order. */
  readonly events: readonly Envelope[];
  /** Lets the indexes catch up with all commits. */
  settle(): void;
}

interface Wanted {
  readonly clock: Clock;
  /** How long the indexes do not show a commit; no time at all unless told. */
  readonly lagSeconds?: number;
  /** Hears each event once it is kept. */
  readonly heard?: (envelope: Envelope) => void;
}

/** A store in memory that keeps every promise of the port. With a lag its indexes are late, as those of DynamoDB can be. */
export function memoryStore({
  clock,
  lagSeconds = 0,
  heard = () => undefined,
}: Wanted): MemoryStore {
  const kept: Kept = { items: new Map(), names: new Map() };
  const index = memoryIndex(clock, lagSeconds);
  const events: Envelope[] = [];
  const read = <T, Id, S>(entity: Entity<T, Id, S>, item: ReturnType<typeof alive>) =>
    item && recordOf(entity, item);
  return {
    events,
    settle: () => index.settle(),
    get: async (entity, id) => read(entity, alive(kept, entity.key(id), clock.now())),
    byName: async (entity, name) =>
      read(entity, alive(kept, kept.names.get(`${entity.type}#${name}`), clock.now())),
    async list<T, Id, S>(
      entity: Entity<T, Id, S>,
      name: Parameters<Store["list"]>[1],
      partition: string,
      page: Parameters<Store["list"]>[3],
    ) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the index shows was made by this entity's summary
      return index.list({ type: entity.type, index: name, partition }, page) as Listed<S>;
    },
    async commit(changes, facts, actor) {
      const now = clock.now();
      const steps = accepted(kept, changes, now);
      const names = renamed(kept, steps, now);
      for (const { key, after } of steps) replace(kept.items, textOf(key), after);
      for (const [name, holder] of names) replace(kept.names, name, holder);
      index.follow(steps);
      for (const fact of facts) {
        const envelope = enveloped(fact, events.length, { actor, at: timeOf(now) });
        events.push(envelope);
        heard(envelope);
      }
    },
  };
}

function replace<T>(map: Map<string, T>, key: string, value: T | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}

const enveloped = (fact: Fact, count: number, stamp: { actor: string; at: string }): Envelope => ({
  id: (count + 1).toString(16).padStart(32, "0"),
  ...stamp,
  name: fact.name,
  data: structuredClone(fact.data),
});
