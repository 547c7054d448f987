import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { manualClock } from "./clock.ts";
import { countedIds } from "./ids.ts";
import { memoryObjects } from "./objects.ts";
import { byCodePoint } from "./order.ts";
import { memorySignals } from "./signals.ts";
import { hmacSigner } from "./signer.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

describe("the clock of a test", () => {
  it("stands still until it is told to go on", async () => {
    const clock = manualClock("2026-06-01T08:00:00.000Z");
    expect(new Date(clock.now()).toISOString()).toBe("2026-06-01T08:00:00.000Z");

    await clock.wait(90.5);

    expect(new Date(clock.now()).toISOString()).toBe("2026-06-01T08:01:30.500Z");
  });

  it("rings in the order of time, each at its own moment, also what is set meanwhile", async () => {
    const clock = manualClock();
    const start = clock.now();
    const rung: [string, number][] = [];
    const note = (name: string) => () => rung.push([name, clock.now() - start]);
    clock.at(start + 3000, note("third"));
    clock.at(start + 1000, () => {
      note("first")();
      clock.at(start + 2000, note("second"));
    });
    clock.at(start + 9000, note("later"));
    const cancel = clock.at(start + 1500, note("never"));
    cancel();

    await clock.wait(5);

    expect(rung).toEqual([
      ["first", 1000],
      ["second", 2000],
      ["third", 3000],
    ]);
  });
});

describe("the ids of a test", () => {
  it("are 32 hex characters, each once, and the same in every run", () => {
    const [one, other] = [countedIds(), countedIds()];
    const ids = Array.from({ length: 1000 }, () => one.id());

    expect(new Set(ids).size).toBe(1000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(new Set(ids.map((id) => id.slice(0, 1))).size).toBe(16);
    expect(ids).toEqual(Array.from({ length: 1000 }, () => other.id()));
  });

  it("come with secrets of URL-safe characters, each once", () => {
    const ids = countedIds();
    const secrets = Array.from({ length: 100 }, () => ids.secret());

    for (const secret of secrets) expect(secret).toMatch(/^[\w-]{43,}$/);
    expect(new Set(secrets).size).toBe(100);
  });
});

describe("objects in memory", () => {
  it("are what was put last, whatever becomes of the bytes in hand", async () => {
    const objects = memoryObjects();
    const mine = bytes("one");
    await objects.put("a", bytes("zero"));
    await objects.put("a", mine);
    mine[0] = 0;
    (await objects.get("a"))?.fill(0);

    expect(await objects.get("a")).toEqual(bytes("one"));
    expect(await objects.get("b")).toBeUndefined();
  });

  it("are listed in the order of their bytes, a thousand at a time", async () => {
    const objects = memoryObjects();
    const keys = Array.from(
      { length: 1001 },
      (_, number) => `log/${String(number).padStart(4, "0")}`,
    );
    for (const key of [...keys.toReversed(), "log/\uFFFD", "log/😀", "other"])
      await objects.put(key, bytes(""));

    const first = await objects.list("log/");

    expect(first).toEqual(keys.slice(0, 1000));
    expect(await objects.list("log/", first.at(-1))).toEqual(["log/1000", "log/\uFFFD", "log/😀"]);
  });

  it("are removed by prefix", async () => {
    const objects = memoryObjects();
    for (const key of ["a/1", "a/2", "ab"]) await objects.put(key, bytes(""));

    await objects.clear("a/");
    await objects.clear("a/");

    expect(await objects.list("")).toEqual(["ab"]);
  });
});

describe("the order of texts", () => {
  it("is that of their UTF-8 bytes", () => {
    const text = fc.array(
      fc.constantFrom("a", "b", "ä", "日", "\uD7FF", "\uE000", "\uFFFF", "😀", "\u{10FFFF}"),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(text, text, (one, other) => {
        const [left, right] = [one.join(""), other.join("")];
        expect(Math.sign(byCodePoint(left, right))).toBe(
          Math.sign(compareBytes(bytes(left), bytes(right))),
        );
      }),
    );
  });
});

describe("a signer", () => {
  const signer = hmacSigner(bytes("a secret"));

  it("signs as HMAC-SHA-256 does, cut to 32 hex characters", async () => {
    const known = hmacSigner(new Uint8Array(20).fill(0x0b));

    expect(await known.sign("Hi There")).toBe("b0344c61d8db38535ca8afceaf0bf12b");
  });

  it("knows its own signatures, and no others", async () => {
    const signature = await signer.sign("text ä");
    const last = signature.endsWith("0") ? "1" : "0";

    expect(await signer.verify("text ä", signature)).toBe(true);
    for (const wrong of [
      "",
      signature.slice(1),
      `${signature}0`,
      signature.slice(0, -1) + last,
      signature.toUpperCase() + " ",
    ]) {
      expect(await signer.verify("text ä", wrong)).toBe(false);
    }
    expect(await signer.verify("text a", signature)).toBe(false);
    expect(await hmacSigner(bytes("another")).verify("text ä", signature)).toBe(false);
  });
});

describe("signals in memory", () => {
  it("wake all who wait for a topic, and nobody else", async () => {
    const clock = manualClock();
    const signals = memorySignals(clock);
    const woken: string[] = [];
    const waits = ["a", "a", "b"].map(async (topic, index) => {
      await signals.watch(topic).news(10_000);
      woken.push(`${topic}${index}`);
    });

    signals.changed("a");
    signals.changed("nobody");
    await Promise.all(waits.slice(0, 2));
    expect(woken).toEqual(["a0", "a1"]);

    await clock.wait(10);
    await Promise.all(waits);
    expect(woken).toEqual(["a0", "a1", "b2"]);
  });
});

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const index = one.findIndex((byte, at) => byte !== other[at]);
  return index < 0 ? one.length - other.length : (one[index] ?? 0) - (other[index] ?? -1);
}
