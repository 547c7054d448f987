import { put, remove } from "@cassini/core/kit";
import { fact, note, notes, remark, remarks } from "@cassini/core/testing/store";
import { describe, expect, it } from "vitest";
import type { Request } from "./testing/engine-that.ts";
import { cancelled, change, read, storeOn } from "./testing/store-on.ts";

const stale = { code: "store.stale" };
const refused = { error: "ConditionalCheckFailedException" };
const there = (saved: string) => ({ body: { Responses: { cassini: [{ saved: { S: saved } }] } } });
const gone = { body: { Responses: { cassini: [] } } };
const markOf = (requests: readonly Request[]): string =>
  requests[0]?.body.ClientRequestToken ?? requests[0]?.body.Item.saved.S;

describe("a commit whose answer was lost", { timeout: 30_000 }, () => {
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

describe("a commit that is refused", { timeout: 30_000 }, () => {
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
