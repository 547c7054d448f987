import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { Lock, missing } from "./platforms.ts";

const lockAt = (path: string) => Lock.parse(JSON.parse(readFileSync(path, "utf8")));

describe("the lock of dependencies", () => {
  it("names the packages of every platform (if not: npm run lock)", () => {
    expect(missing(lockAt(join(import.meta.dirname, "../../package-lock.json")))).toEqual({});
  });

  it("is completed with what a registry does not carry, for its platform alone", () => {
    const lock = Lock.parse({
      packages: {
        "node_modules/tool": {
          dev: true,
          optionalDependencies: { "@tool/darwin-arm64": "1.0.0", "@tool/linux-x64-musl": "1.0.0" },
        },
        "node_modules/@tool/darwin-arm64": {},
      },
    });

    expect(missing(lock)).toEqual({
      "node_modules/@tool/linux-x64-musl": {
        version: "1.0.0",
        cpu: ["x64"],
        libc: ["musl"],
        os: ["linux"],
        dev: true,
        optional: true,
      },
    });
  });
});
