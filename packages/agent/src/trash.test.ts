import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { trashIn } from "./trash.ts";

const tasks = mkdtempSync(join(tmpdir(), "cassini-trash-"));
afterAll(() => rmSync(tasks, { recursive: true }));

function filled(path: string): string {
  mkdirSync(join(path, "deep", "er"), { recursive: true });
  writeFileSync(join(path, "deep", "er", "file"), "");
  chmodSync(join(path, "deep"), 0);
  return path;
}

const left = () => readdirSync(join(tasks, ".trash"));

describe("what a task leaves", () => {
  it("is out of sight at once and gone soon, whatever its rights", async () => {
    const trash = trashIn(tasks);
    const paths = ["a", "b", "c"].map((name) => filled(join(tasks, name)));
    for (const path of paths) trash.directory(path);
    expect(paths.map((path) => existsSync(path))).toEqual([false, false, false]);
    await expect.poll(left, { timeout: 5000 }).toEqual([]);
    trash.directory(filled(join(tasks, "later")));
    await expect.poll(left, { timeout: 5000 }).toEqual([]);
  });

  it("is removed where it lies when that is on another disk", async () => {
    const elsewhere = mkdtempSync("/dev/shm/cassini-trash-");
    trashIn(tasks).directory(filled(join(elsewhere, "home")));
    await expect.poll(() => readdirSync(elsewhere), { timeout: 5000 }).toEqual([]);
    rmSync(elsewhere, { recursive: true });
  });

  it("is removed by the next agent when the one before did not come to it", async () => {
    filled(join(tasks, ".trash", "left"));
    trashIn(tasks);
    await expect.poll(left, { timeout: 5000 }).toEqual([]);
  });

  it("may be nothing at all", () => {
    expect(() => trashIn(tasks).directory(join(tasks, "nothing"))).not.toThrow();
  });
});
