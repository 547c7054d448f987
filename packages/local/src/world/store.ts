import {
  connect,
  createTable,
  dynamoStore,
  engineOf,
  outboxOf,
  sweepExpired,
  type Outbox,
} from "@cassini/dynamo";
import type { Store } from "@cassini/core/kit";
import type { Clock } from "@cassini/core/world";

export interface LocalStore {
  readonly store: Store;
  readonly outbox: Outbox;
  /** Deletes what is over, which the embedded engine never does by itself. */
  sweep(): Promise<void>;
  /** How many write requests have been sent so far, the repeated ones too. */
  writes(): number;
}

const table = "cassini";

/** The Store on the engine at an endpoint, whose table is made if there is none. `committed` hears of each commit that had events. */
export async function storeAt(
  endpoint: string,
  clock: Clock,
  committed: () => void,
): Promise<LocalStore> {
  const connection = connect({ endpoint, table, region: "local" });
  await createTable(connection.client, table);
  let writes = 0;
  const engine = engineOf(connection, { onWrite: () => (writes += 1) });
  const plain = dynamoStore(engine, clock);
  const store: Store = {
    ...plain,
    commit: async (changes, facts, actor) => {
      await plain.commit(changes, facts, actor);
      if (facts.length > 0) committed();
    },
  };
  return {
    store,
    outbox: outboxOf(engine, clock),
    sweep: async () => void (await sweepExpired(engine, clock.now())),
    writes: () => writes,
  };
}
