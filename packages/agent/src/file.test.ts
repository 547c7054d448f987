import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { claim, readPiece, replace, textOf } from "./file.ts";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "cassini-file-")));
afterAll(() => rmSync(folder, { recursive: true }));

const pieceOf = (path: string, from = 0, length = 100): string => {
  const into = new Uint8Array(length);
  return Buffer.from(into.subarray(0, readPiece(path, from, into))).toString();
};

describe("reading what a task has written", () => {
  const secret = join(folder, "secret");
  writeFileSync(secret, "0123456789");

  it("answers the bytes from a place on, as many as there are", () => {
    expect(pieceOf(secret, 3)).toBe("3456789");
    expect(pieceOf(secret, 3, 4)).toBe("3456");
    expect(pieceOf(secret, 10)).toBe("");
  });

  it("follows no link, neither at the end of a path nor on its way", () => {
    symlinkSync(secret, join(folder, "link"));
    mkdirSync(join(folder, "real"));
    writeFileSync(join(folder, "real", "file"), "text");
    symlinkSync(join(folder, "real"), join(folder, "way"));
    expect(pieceOf(join(folder, "link"))).toBe("");
    expect(pieceOf(join(folder, "way", "file"))).toBe("");
    expect(pieceOf(join(folder, "real", "file"))).toBe("text");
  });

  it("does not wait for a pipe, and reads no device", () => {
    execFileSync("sh", ["-c", `mkfifo ${join(folder, "pipe")}`]);
    expect(pieceOf(join(folder, "pipe"))).toBe("");
    expect(pieceOf("/dev/zero")).toBe("");
    expect(pieceOf(folder)).toBe("");
    expect(pieceOf(join(folder, "nothing"))).toBe("");
  });
});

describe("a file that is claimed", () => {
  it("is the first one's", () => {
    const path = join(folder, "claimed");
    expect(claim(path, "first")).toBe(true);
    expect(claim(path, "second")).toBe(false);
    expect(textOf(path)).toBe("first");
  });

  it("can be replaced in one step", () => {
    const path = join(folder, "replaced");
    replace(path, "one");
    replace(path, "two");
    expect(textOf(path)).toBe("two");
    expect(textOf(join(folder, "nothing"))).toBeUndefined();
  });
});
