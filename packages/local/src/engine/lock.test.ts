import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runs } from "../testing/child.ts";
import { takeLock } from "./lock.ts";
import { identityOf } from "./process.ts";

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "cassini-lock-"));
});

afterEach(() => rmSync(home, { recursive: true }));

const lock = () => join(home, "server.lock");
const me = () => identityOf(process.pid);
const heldBy = (path: string, nonce: string, holder: object = {}) =>
  writeFileSync(
    path,
    JSON.stringify({ ...me(), port: 1, since: "2026-06-01T08:00:00.000Z", nonce, ...holder }),
  );

describe("the lock of a home", { timeout: 60_000 }, () => {
  it("refuses a second server and names the first", () => {
    takeLock(home, 8080);
    const { since } = JSON.parse(readFileSync(lock(), "utf8"));

    const second = () => takeLock(home, 8081);

    expect(second).toThrow(
      `A server uses ${home} already: process ${process.pid} on port 8080, since ${since}.`,
    );
    expect(second).toThrow(
      expect.objectContaining({ code: "server.home_taken", kind: "conflict" }),
    );
  });

  it("lets the next one in once it is released, and leaves nothing behind", () => {
    takeLock(home, 8080).release();

    takeLock(home, 8081).release();

    expect(readdirSync(home)).toEqual([]);
  });

  it("is not released by one that does not hold it any more", () => {
    const first = takeLock(home, 8080);
    first.release();
    takeLock(home, 8081);

    first.release();

    expect(readdirSync(home)).toEqual(["server.lock"]);
  });

  it.each([
    ["a process that is gone", { pid: 2 ** 22 + 1 }],
    ["an earlier process of the same number", { started: "1" }],
    ["a process before the machine was started anew", { boot: "an earlier one" }],
  ])("is taken over from %s", (_, holder) => {
    heldBy(lock(), "dead", holder);

    takeLock(home, 8080);

    expect(JSON.parse(readFileSync(lock(), "utf8"))).toMatchObject({ ...me(), port: 8080 });
    expect(readdirSync(home)).toEqual(["server.lock"]);
  });

  it("is taken over although another one died while taking it over", () => {
    heldBy(lock(), "dead", { pid: 2 ** 22 + 1 });
    heldBy(`${lock()}.dead`, "died-too", { pid: 2 ** 22 + 2 });

    takeLock(home, 8080);

    expect(JSON.parse(readFileSync(lock(), "utf8"))).toMatchObject({ port: 8080 });
    expect(readdirSync(home)).toEqual(["server.lock"]);
  });

  it("is taken over where it cannot be read, as after a loss of power", () => {
    writeFileSync(lock(), "");

    takeLock(home, 8080);

    expect(JSON.parse(readFileSync(lock(), "utf8"))).toMatchObject({ port: 8080 });
  });

  it("goes to one of many who find its holder dead at the same time", async () => {
    const homes = Array.from({ length: 200 }, (_, number) => join(home, `${number}`));
    for (const one of homes) {
      mkdirSync(one);
      writeFileSync(
        join(one, "server.lock"),
        JSON.stringify({ ...me(), started: "1", port: 1, since: "then", nonce: "dead" }),
      );
    }

    const racers = Array.from({ length: 6 }, () => runs("lock-racer.ts", ...homes));
    await Promise.all(racers.map(({ line }) => line()));
    for (const { tell } of racers) tell("go");
    const lines = await Promise.all(racers.map(({ line }) => line()));
    const winners = lines.flatMap((line): string[] => JSON.parse(line));
    await Promise.all(racers.map(({ kill }) => kill()));

    expect(winners.toSorted()).toEqual(homes.toSorted());
  });
});
