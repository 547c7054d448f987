import { describe, expect, it } from "vitest";
import { hmacSigner } from "@cassini/core/testing";
import { ids } from "./ids.ts";
import { machineHere, platformOf } from "./platform.ts";
import { signalsHere } from "./signals.ts";
import { signerOf } from "./signer.ts";

describe("ids", () => {
  it("are 32 hex characters, and secrets 256 bits in URL-safe ones", () => {
    expect(ids.id()).toMatch(/^[0-9a-f]{32}$/);
    expect(ids.secret()).toMatch(/^[\w-]{43}$/);
    expect(new Set(Array.from({ length: 1000 }, () => ids.id())).size).toBe(1000);
  });
});

describe("the signer", () => {
  const key = new TextEncoder().encode("a key of an installation, 32 byt");

  it("signs as the signer of the tests does", async () => {
    expect(await signerOf(key).sign("ticket\n1")).toBe(await hmacSigner(key).sign("ticket\n1"));
  });

  it("knows its own signature, and no other", async () => {
    const signer = signerOf(key);
    const signature = await signer.sign("text");
    const others = [
      signature.toUpperCase(),
      signature.slice(1),
      "",
      `${signature}0`,
      "ü".repeat(16),
      "0".repeat(32),
    ];
    expect(await signer.verify("text", signature)).toBe(true);
    expect(await Promise.all(others.map((other) => signer.verify("text", other)))).toEqual(
      others.map(() => false),
    );
    expect(await signer.verify("text2", signature)).toBe(false);
  });
});

describe("signals", () => {
  it("wake everybody who waits for the topic, and nobody else", async () => {
    const signals = signalsHere();
    const woken: string[] = [];
    const waits = ["a", "a", "b"].map(async (topic, at) => {
      await signals.watch(topic).news(5000);
      woken.push(`${topic}${at}`);
    });

    signals.changed("a");
    await Promise.all(waits.slice(0, 2));

    expect(woken).toEqual(["a0", "a1"]);
    signals.changed("b");
    await waits[2];
    expect(woken).toEqual(["a0", "a1", "b2"]);
  });

  it("tell of a change that came before the wait, once", async () => {
    const signals = signalsHere();
    const watch = signals.watch("a");
    signals.changed("a");
    const began = performance.now();
    await watch.news(5000);
    await watch.news(20);
    const took = performance.now() - began;
    watch.end();
    expect([took > 15, took < 4000]).toEqual([true, true]);
  });

  it("end a wait when its time is over", async () => {
    const began = performance.now();
    await signalsHere().watch("silent").news(20);
    expect(performance.now() - began).toBeGreaterThan(15);
  });
});

describe("the machine", () => {
  it("has at least one core and one GB, and shows larger sizes as disabled", async () => {
    const machine = await machineHere();
    expect(machine).toMatchObject({ cores: expect.any(Number), memoryGb: expect.any(Number) });
    const { sizes } = platformOf(
      { version: "1", baseUrl: "http://127.0.0.1:8080", allowFileRepositories: true },
      { cores: 1, memoryGb: 1, gpus: 0 },
    );
    expect(sizes.find(({ name }) => name === "micro")?.disabled_message).toBe("");
    expect(sizes.find(({ name }) => name === "medium")?.disabled_message).toBe(
      "It needs 2 cores of this machine's 1 and 4 GB of its 1 GB.",
    );
  });
});
