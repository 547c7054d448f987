import {
  connect,
  createTable,
  dynamoStore,
  engineOf,
  outboxOf,
  sweepExpired,
  type Outbox,
} from "@cassini/dynamo";
import type { Envelope, Store } from "@cassini/core/kit";
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

/** The Store on the engine at an endpoint, whose table is made if there is none. `committed` hears of the events of each commit. */
export async function storeAt(
  endpoint: string,
  clock: Clock,
  committed: (events: readonly Envelope[]) => void,
): Promise<LocalStore> {
  const connection = connect({ endpoint, table, region: "local" });
  await createTable(connection.client, table);
  let writes = 0;
  const engine = engineOf(connection, { onWrite: () => (writes += 1), onEvents: committed });
  return {
    store: dynamoStore(engine, clock),
    outbox: outboxOf(engine, clock),
    sweep: async () => void (await sweepExpired(engine, clock.now())),
    writes: () => writes,
  };
}
