import { describeStore, manualClock } from "@cassini/core/testing/store";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { needs } from "../../../../scripts/vitest/needs.ts";
import { startDynoxide, type Database } from "../engine/dynoxide.ts";
import { testLog } from "../testing/log.ts";
import { storeAt } from "./store.ts";

const engine = process.env["DYNAMODB_ENDPOINT"] ? {} : needs("dynoxide");

describe("one machine", engine, () => {
  const home = mkdtempSync(join(tmpdir(), "cassini-store-"));
  let database: Database;

  beforeAll(async () => {
    database = await startDynoxide({ home, log: testLog().log });
  });

  afterAll(async () => {
    await database.stop();
    rmSync(home, { recursive: true });
  });

  const build = async () => {
    const clock = manualClock();
    const { store, outbox } = await storeAt(database.endpoint, clock, () => undefined);
    const settle = async () => undefined;
    return {
      store,
      settle,
      events: () => outbox.pending(10_000),
      wait: clock.wait,
      now: clock.now,
    };
  };

  describeStore("on DynamoDB", build, { runs: 20 });
});
