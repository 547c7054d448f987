import { put, remove } from "@cassini/core/kit";
import { fact, note, notes } from "@cassini/core/testing/store";
import { describe, expect, it } from "vitest";
import { cancelled, change, read, storeOn, storeWith } from "./testing/store-on.ts";

describe("a store that cannot keep up", { timeout: 30_000 }, () => {
  it.each([
    ["ThrottlingException", { error: "ThrottlingException" }],
    ["ProvisionedThroughputExceededException", { error: "ProvisionedThroughputExceededException" }],
    ["a conflict of transactions", cancelled("None", "TransactionConflict")],
    ["a throttled transaction", cancelled("ThrottlingError", "None")],
    ["a transaction in progress", { error: "TransactionInProgressException" }],
  ])("is asked again after %s", async (_, answer) => {
    const { store, asked, writes } = await storeOn(answer, answer);

    await store.commit([put(notes, note())], [], "ada");

    expect(asked()).toHaveLength(3);
    expect(writes).toEqual(["transaction 2", "transaction 2", "transaction 2"]);
  });

  it("is busy once the patience is over, for writes and readings alike", async () => {
    const throttled = Array.from({ length: 500 }, () => ({ error: "ThrottlingException" }));
    const { store } = await storeWith(200, throttled);

    await expect(store.commit([change()], [], "ada")).rejects.toMatchObject({
      code: "store.busy",
      kind: "busy",
    });
    await expect(store.get(notes, "id")).rejects.toMatchObject({
      code: "store.busy",
      kind: "busy",
    });
  });
});

describe("the requests of a commit", { timeout: 30_000 }, () => {
  it.each([
    ["one record", () => [change()], 0, "put 1"],
    [
      "one record and its names",
      () => [put(notes, note({ aliases: ["alias"] }))],
      0,
      "transaction 3",
    ],
    ["one record and two events", () => [change()], 2, "transaction 3"],
    ["two records", () => [change(), change()], 0, "transaction 2"],
    ["events alone", () => [], 1, "put 1"],
  ] as const)("are one for %s", async (_, changes, events, sent) => {
    const { store, writes } = await storeOn();

    await store.commit(
      changes(),
      Array.from({ length: events }, () => fact("made")),
      "ada",
    );

    expect(writes).toEqual([sent]);
  });

  it("are refused beyond 100 items", async () => {
    const { store, requests } = await storeOn();
    const made = Array.from({ length: 25 }, () =>
      note({ aliases: ["a", "b", "c"].map((name) => name + note().id) }),
    );

    const refusal = store.commit(
      made.map((one) => put(notes, one)),
      [],
      "ada",
    );
    await expect(refusal).rejects.toMatchObject({
      code: "store.too_many_changes",
      data: { count: 125 },
    });

    expect(requests).toEqual([]);
  });

  it("name everything in expressions by placeholders, since one engine dies of anything else", async () => {
    const { store, requests } = await storeOn();
    const [held, before] = [read({ name: "日本" }), read({ name: "ü" })];

    await store.commit(
      [
        put(notes, note({ name: "名前" })),
        remove(notes, held),
        put(notes, { ...before, name: "é" }, before),
      ],
      [],
      "ädå",
    );
    await store.list(notes, "byOwner", "ö", {
      size: 5,
      prefix: "名",
      from: { key: { pk: "日", sk: "本" }, index: { pk: "ö", sk: "名x" } },
    });
    await store.byName(notes, "ö/名前");

    const expressions = JSON.stringify(requests).match(/"[A-Za-z]*Expression":"[^"]*"/g) ?? [];
    expect(expressions.length).toBeGreaterThan(6);
    for (const one of expressions)
      expect(one).toMatch(
        /^"[A-Za-z]+":"(#\w+|:\w+|[<>=]+|AND|OR|BETWEEN|attribute_not_exists|[(), ])+"$/,
      );
  });
});
