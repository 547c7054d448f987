import { put } from "@cassini/core/kit";
import { fact, manualClock, note, notes } from "@cassini/core/testing/store";
import { connect, createTable, dynamoStore, engineOf, outboxOf } from "@cassini/dynamo";
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { needs } from "../../../../scripts/vitest/needs.ts";
import { runs } from "../testing/child.ts";
import { testLog } from "../testing/log.ts";
import { startDynoxide, type Database } from "./dynoxide.ts";
import { end, identityOf, isAlive } from "./process.ts";

const table = "cassini";
let home: string;
let database: Database | undefined;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cassini-engine-"));
});

afterEach(async () => {
  await database?.stop();
  database = undefined;
  rmSync(home, { recursive: true });
});

const start = async () => (database = await startDynoxide({ home, log: testLog().log }));
const enginePid = (): number =>
  JSON.parse(readFileSync(join(home, "dynoxide.json"), "utf8")).process.pid;

async function storeAt(endpoint: string) {
  const connection = connect({ endpoint, table, region: "local" });
  await createTable(connection.client, table);
  const [engine, clock] = [engineOf(connection), manualClock()];
  return { store: dynamoStore(engine, clock), outbox: outboxOf(engine, clock) };
}

describe("the embedded database engine", { ...needs("dynoxide"), timeout: 60_000 }, () => {
  it("is ready soon, and keeps what it answered across a restart of the server", async () => {
    const before = performance.now();
    const { endpoint } = await start();
    const readyAfter = performance.now() - before;
    const kept = note();
    await (await storeAt(endpoint)).store.commit([put(notes, kept)], [], "ada");
    await database?.stop();

    const again = await start();

    expect(readyAfter).toBeLessThan(2_000);
    expect(await (await storeAt(again.endpoint)).store.get(notes, kept.id)).toMatchObject({
      version: 1,
    });
  });

  it("dies in the middle of 200 commits without anyone noticing", async () => {
    const { endpoint } = await start();
    const { store, outbox } = await storeAt(endpoint);
    const all = Array.from({ length: 200 }, () => note());
    const before = enginePid();

    const commits = all.map((one) =>
      store.commit([put(notes, one)], [fact("made", { id: one.id })], "ada"),
    );
    await Promise.race(commits.slice(20));
    process.kill(before, "SIGKILL");
    await Promise.all(commits);

    for (const { id } of all) expect(await store.get(notes, id)).toMatchObject({ version: 1 });
    const told = (await outbox.pending(1_000)).map(({ data }) => data["id"]);
    expect(told).toHaveLength(all.length);
    expect(new Set(told)).toEqual(new Set(all.map(({ id }) => id)));
    expect(database?.restarts).toBe(1);
    expect(enginePid()).not.toBe(before);
  });

  it("replaces one that a killed server left behind", async () => {
    const server = runs("server-on-home.ts", home, "8080");
    const endpoint = (await server.line()).replace("ready ", "");
    const kept = note();
    await (await storeAt(endpoint)).store.commit([put(notes, kept)], [], "ada");
    const orphan = identityOf(enginePid());
    await server.kill();
    expect(orphan && isAlive(orphan)).toBe(true);

    const next = await start();

    expect(orphan && isAlive(orphan)).toBe(false);
    expect(await (await storeAt(next.endpoint)).store.get(notes, kept.id)).toMatchObject({
      version: 1,
    });
  });

  it("replaces one whose server died before it had noted its process", async () => {
    const server = runs("server-on-home.ts", home, "8080");
    await server.line();
    const orphan = identityOf(enginePid());
    await server.kill();
    const { process: _, ...record } = JSON.parse(readFileSync(join(home, "dynoxide.json"), "utf8"));
    writeFileSync(join(home, "dynoxide.json"), JSON.stringify(record));

    await start();

    expect(orphan && isAlive(orphan)).toBe(false);
  });

  it("leaves a process alone that only has the number of the one before", async () => {
    const sleeper = spawn("sleep", ["60"]);
    const { pid = 0 } = sleeper;
    const record = {
      program: "/usr/bin/sleep",
      file: join(home, "table.db"),
      port: 1,
      since: "then",
    };
    writeFileSync(
      join(home, "dynoxide.json"),
      JSON.stringify({ ...record, process: { ...identityOf(pid), started: "1" } }),
    );

    await start();

    expect(identityOf(pid)).toBeDefined();
    sleeper.kill();
  });

  it("is left to the first of two servers on one home", async () => {
    const first = runs("server-on-home.ts", home, "8080");
    const endpoint = (await first.line()).replace("ready ", "");

    const second = runs("server-on-home.ts", home, "8081");

    expect(await second.line()).toMatch(
      `refused A server uses ${home} already: process ${first.pid} on port 8080, since 20`,
    );
    await (await storeAt(endpoint)).store.commit([put(notes, note())], [], "ada");
    const engine = identityOf(enginePid());
    await Promise.all([first.kill(), second.kill()]);
    if (engine) await end(engine, 2_000);
  });

  it("is not started where an endpoint is named", async () => {
    const elsewhere = await startDynoxide({
      home,
      log: testLog().log,
      env: { DYNAMODB_ENDPOINT: "http://127.0.0.1:1" },
    });

    expect(elsewhere.endpoint).toBe("http://127.0.0.1:1");
    expect(readdirSync(home)).toEqual([]);
  });

  it.each([
    ["that is not there", "/nowhere/dynoxide", /ENOENT/],
    ["that ends at once", "/bin/false", /it ended with 1/],
  ])("says so where a program is named %s", async (_, program, why) => {
    const started = startDynoxide({ home, log: testLog().log, env: { DYNOXIDE_BIN: program } });

    await expect(started).rejects.toMatchObject({
      code: "database.broken",
      message: expect.stringMatching(why),
    });
  });

  it("is asked to end, and made to if it does not", async () => {
    await start();
    const engine = identityOf(enginePid());

    await database?.stop();

    expect(engine && isAlive(engine)).toBe(false);
    expect(readdirSync(home).filter((name) => name.endsWith(".json"))).toEqual([]);
  });
});
