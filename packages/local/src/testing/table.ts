import { manualClock } from "@cassini/core/testing/store";
import {
  connect,
  createTable,
  dynamoStore,
  engineOf,
  outboxOf,
  sweepExpired,
} from "@cassini/dynamo";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { startDynoxide, type Database } from "../engine/dynoxide.ts";
import { testLog } from "./log.ts";

/** For a group of tests: makes tables, each of them new, on one engine, which is stopped with the group. */
export function tableOf() {
  const home = mkdtempSync(join(tmpdir(), "cassini-table-"));
  let database: Database;
  let count = 0;
  beforeAll(async () => {
    database = await startDynoxide({ home, log: testLog().log, env: {} });
  });
  afterAll(async () => {
    await database.stop();
    rmSync(home, { recursive: true });
  });
  return async () => {
    count += 1;
    const connection = connect({
      endpoint: database.endpoint,
      table: `table-${count}`,
      region: "local",
    });
    await createTable(connection.client, connection.table);
    const [engine, clock] = [engineOf(connection), manualClock()];
    return {
      clock,
      now: clock.now,
      store: dynamoStore(engine, clock),
      outbox: outboxOf(engine, clock),
      sweep: () => sweepExpired(engine, clock.now()),
    };
  };
}
