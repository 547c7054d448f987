import { describe, expect, it } from "vitest";
import { connect } from "./connect.ts";
import { engineOf } from "./store.ts";
import { sweepExpired } from "./sweep.ts";
import { engineThat } from "./testing/engine-that.ts";
import { cancelled } from "./testing/store-on.ts";

const page = (...keys: readonly string[]) => ({
  body: { Items: keys.map((key) => ({ pk: { S: key }, sk: { S: key } })) },
});

describe("sweeping", { timeout: 30_000 }, () => {
  it("spares what was given more time since it was looked at, and deletes the others", async () => {
    const refused = cancelled("None", "ConditionalCheckFailed", "None");
    const alone = cancelled("ConditionalCheckFailed");
    const done = { body: {} };
    const { endpoint, requests, close } = await engineThat(
      page("a", "b", "c"),
      refused,
      cancelled("None", "ConditionalCheckFailed"),
      done,
      alone,
      done,
    );
    const engine = engineOf(connect({ endpoint, table: "cassini", region: "local" }));

    const deleted = await sweepExpired(engine, 1_000_000);

    expect(deleted).toBe(2);
    const tried = requests
      .slice(1)
      .map(({ body }) =>
        body.TransactItems.map(
          (item: { Delete: { Key: { pk: { S: string } } } }) => item.Delete.Key.pk.S,
        ).join(""),
      );
    expect(tried).toEqual(["abc", "ab", "a", "b", "c"]);
    close();
  });
});
