import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { memoryObjects } from "@cassini/core/testing";
import { objectsIn } from "./objects.ts";

let root = "";
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "cassini-objects-"));
});
afterAll(() => rm(root, { recursive: true, force: true }));

let count = 0;
const fresh = () => {
  count += 1;
  return join(root, String(count));
};
const bytes = (text: string) => new TextEncoder().encode(text);

describe("objects on files", () => {
  it("gives back what was put, and nothing for what was not", async () => {
    const objects = objectsIn(fresh());
    await objects.put("logs/a/1", bytes("one"));
    await objects.put("logs/a/1", bytes("two"));
    expect([
      await objects.get("logs/a/1"),
      await objects.get("logs/a"),
      await objects.get("none"),
    ]).toEqual([Buffer.from("two"), undefined, undefined]);
  });

  it("keeps a key beside one that begins with it", async () => {
    const objects = objectsIn(fresh());
    const keys = ["a", "a/b", "a/b.bin", "a/b.bin/c", "a/b/c"];
    for (const key of keys) await objects.put(key, bytes(key));
    expect(await objects.list("")).toEqual(keys);
    expect(await objects.get("a/b.bin/c")).toEqual(Buffer.from("a/b.bin/c"));
  });

  it.each(["../escape", "a/../../escape", "/absolute", "a//b", "", ".", "a/..", "a/"])(
    "refuses the key %j",
    async (key) => {
      const objects = objectsIn(fresh());
      await expect(objects.put(key, bytes("x"))).rejects.toMatchObject({
        code: "objects.key_refused",
      });
      await expect(objects.get(key)).rejects.toMatchObject({ code: "objects.key_refused" });
    },
  );

  it("keeps odd but harmless names inside of its folder", async () => {
    const folder = fresh();
    const objects = objectsIn(folder);
    const keys = [".hidden", "..two", "a b/ü", "%2e%2e/x", "back\\slash"];
    for (const key of keys) await objects.put(key, bytes(key));
    expect((await objects.list("")).toSorted()).toEqual(keys.toSorted());
  });

  it("lists at most a thousand, and goes on after the last", async () => {
    const objects = objectsIn(fresh());
    const keys = Array.from({ length: 1100 }, (_, at) => `logs/${String(at).padStart(5, "0")}`);
    await Promise.all(keys.map((key) => objects.put(key, bytes(key))));
    const first = await objects.list("logs/");
    expect([...first, ...(await objects.list("logs/", first.at(-1)))]).toEqual(keys);
  });

  it("leaves nothing half written when many write the same key", async () => {
    const folder = fresh();
    const objects = objectsIn(folder);
    const texts = Array.from({ length: 50 }, (_, at) => String(at % 10).repeat(20_000));
    await Promise.all(texts.map((text) => objects.put("shared/key", bytes(text))));
    expect(texts).toContain(new TextDecoder().decode(await objects.get("shared/key")));
    expect(await readdir(folder)).toEqual(["shared"]);
  });

  it("survives a clearing at the same moment", async () => {
    const objects = objectsIn(fresh());
    const puts = Array.from({ length: 100 }, (_, at) => objects.put(`x/${at}/y`, bytes("y")));
    const clears = Array.from({ length: 10 }, () => objects.clear("x/"));
    await Promise.all([...puts, ...clears]);
    await objects.clear("x/");
    expect(await objects.list("x/")).toEqual([]);
  });

  const part = fc.constantFrom("a", "b", "ab", "a!", "a.bin", "z~", "ü", "𐀀", "\uffee");
  const key = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  const prefix = fc.oneof(
    key,
    key.map((text) => `${text}/`),
    fc.constant(""),
  );
  const act = fc.oneof(
    fc.record({ put: key, text: fc.string({ maxLength: 5 }) }),
    fc.record({ clear: prefix }),
    fc.record({ list: prefix, after: fc.option(key, { nil: undefined }) }),
  );

  it("behaves as objects in memory do, whatever is done to them", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
        const [files, memory] = [objectsIn(fresh()), memoryObjects()];
        for (const one of acts) {
          const outcomes = await Promise.all(
            [files, memory].map((objects) => carryOut(objects, one)),
          );
          expect(outcomes[0]).toEqual(outcomes[1]);
        }
      }),
      { numRuns: 60 },
    );
    expect.assertions(expect.getState().assertionCalls);
  });
});

type Act =
  | { put: string; text: string }
  | { clear: string }
  | { list: string; after: string | undefined };

async function carryOut(objects: ReturnType<typeof memoryObjects>, act: Act): Promise<unknown> {
  if ("put" in act) return objects.put(act.put, bytes(act.text));
  if ("clear" in act) return objects.clear(act.clear);
  return objects.list(act.list, act.after);
}
