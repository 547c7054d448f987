import { put, remove, type Change, type Stored } from "@cassini/core/kit";
import {
  fact,
  manualClock,
  note,
  notes,
  remark,
  remarks,
  type Note,
} from "@cassini/core/testing/store";
import { afterEach, describe, expect, it } from "vitest";
import { connect } from "./connect.ts";
import { dynamoStore, engineOf } from "./store.ts";
import { engineThat, type Answers, type Played, type Request } from "./testing/engine-that.ts";

let played: Played | undefined;
afterEach(() => played?.close());

/** A store on an engine that gives these answers. */
async function storeOn(...answers: Answers) {
  played = await engineThat(...answers);
  const connection = connect({ endpoint: played.endpoint, table: "cassini", region: "local" });
  const writes: string[] = [];
  const engine = engineOf(connection, {
    patience: 400,
    onWrite: (kind, items) => writes.push(`${kind} ${items}`),
  });
  const { requests } = played;
  return {
    store: dynamoStore(engine, manualClock()),
    requests,
    writes,
    asked: () => requests.map(({ operation }) => operation),
  };
}

const read = (of: Partial<Note> = {}): Stored<Note> => ({ ...note(of), version: 3 });
const change = (): Change => {
  const before = read();
  return put(notes, { ...before, text: "new" }, before);
};
const stale = { code: "store.stale" };
const refused = { error: "ConditionalCheckFailedException" };
const cancelled = (...reasons: readonly string[]) => ({
  error: "TransactionCanceledException",
  reasons,
});
const there = (saved: string) => ({ body: { Responses: { cassini: [{ saved: { S: saved } }] } } });
const gone = { body: { Responses: { cassini: [] } } };
const markOf = (requests: readonly Request[]): string =>
  requests[0]?.body.ClientRequestToken ?? requests[0]?.body.Item.saved.S;

describe("a commit whose answer was lost", () => {
  it("is sent again as it was, with the same token", async () => {
    const { store, requests } = await storeOn("nothing", {
      error: "InternalServerError",
      status: 500,
    });

    await store.commit([change(), put(remarks, remark())], [fact("made")], "ada");

    expect(requests).toHaveLength(3);
    expect(requests[0]?.body.ClientRequestToken).toMatch(/^[0-9a-f]{30}$/);
    expect([requests[1]?.body, requests[2]?.body]).toEqual([requests[0]?.body, requests[0]?.body]);
  });

  it("counts as kept where its own mark is found", async () => {
    const { store, asked } = await storeOn(
      "nothing",
      cancelled("ConditionalCheckFailed", "None"),
      (requests) => there(markOf(requests)),
    );

    await store.commit([change()], [fact("made")], "ada");

    expect(asked()).toEqual(["TransactWriteItems", "TransactWriteItems", "BatchGetItem"]);
  });

  it("counts as kept where its own mark is found, also if it needed no transaction", async () => {
    const { store, asked } = await storeOn("nothing", refused, (requests) =>
      there(markOf(requests)),
    );

    await store.commit([change()], [], "ada");

    expect(asked()).toEqual(["PutItem", "PutItem", "BatchGetItem"]);
  });

  it("is stale where somebody else's mark is found", async () => {
    const { store } = await storeOn("nothing", refused, there("someone else's"));

    await expect(store.commit([change()], [], "ada")).rejects.toMatchObject(stale);
  });

  it("counts as kept where nothing is left of what it was to remove", async () => {
    const { store, asked } = await storeOn(
      "nothing",
      cancelled("ConditionalCheckFailed", "ConditionalCheckFailed"),
      gone,
    );

    await store.commit([remove(notes, read())], [], "ada");

    expect(asked()).toEqual(["TransactWriteItems", "TransactWriteItems", "BatchGetItem"]);
  });

  it("is stale where what it was to remove is still there", async () => {
    const { store } = await storeOn(
      "nothing",
      cancelled("ConditionalCheckFailed", "None"),
      there("someone else's"),
    );

    await expect(store.commit([remove(notes, read())], [], "ada")).rejects.toMatchObject(stale);
  });
});

describe("a commit that is refused", () => {
  it("is stale at once, without another look", async () => {
    const { store, asked } = await storeOn(refused);

    await expect(store.commit([change()], [], "ada")).rejects.toMatchObject(stale);

    expect(asked()).toEqual(["PutItem"]);
  });

  it.each([
    ["a name is taken", ["None", "ConditionalCheckFailed"], "sample.name_taken"],
    ["the record is there", ["ConditionalCheckFailed", "None"], "store.stale"],
    ["both are so", ["ConditionalCheckFailed", "ConditionalCheckFailed"], "store.stale"],
    [
      "another transaction was in the way as well",
      ["TransactionConflict", "ConditionalCheckFailed"],
      "sample.name_taken",
    ],
  ])("says why, where %s", async (_, reasons, code) => {
    const { store } = await storeOn(cancelled(...reasons));

    await expect(store.commit([put(notes, note())], [], "ada")).rejects.toMatchObject({ code });
  });

  it("is our own mistake where the engine does not understand it", async () => {
    const { store, asked } = await storeOn({ error: "ValidationException" });

    await expect(store.commit([change()], [], "ada")).rejects.toMatchObject({
      name: "ValidationException",
    });

    expect(asked()).toEqual(["PutItem"]);
  });
});

describe("a store that cannot keep up", () => {
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
    const { store } = await storeOn(
      ...Array.from({ length: 200 }, () => ({ error: "ThrottlingException" })),
    );

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

describe("the requests of a commit", () => {
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
