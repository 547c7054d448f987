import { put } from "@cassini/core/kit";
import { fact, fresh, inSeconds, note, notes } from "@cassini/core/testing/store";
import { describe, expect, it } from "vitest";
import { needs } from "../../../../scripts/vitest/needs.ts";
import { tableOf } from "../testing/table.ts";

const day = 24 * 60 * 60;

describe("the outbox on the embedded engine", { ...needs("dynoxide"), timeout: 60_000 }, () => {
  const table = tableOf();

  it("gives the oldest events first, and no more than are asked for", async () => {
    const { store, outbox, clock } = await table();
    for (const count of [0, 1, 2, 3, 4]) {
      await store.commit([], [fact("made", { count }), fact("told", { count })], "ada");
      await clock.wait(count % 2);
    }

    const all = await outbox.pending(100);
    const some = await outbox.pending(3);

    expect(all.map(({ name, data }) => [name, data["count"]])).toEqual(
      [0, 1, 2, 3, 4].flatMap((count) => [
        ["sample.made", count],
        ["sample.told", count],
      ]),
    );
    expect(some).toEqual(all.slice(0, 3));
  });

  it("forgets what was delivered, however often it is told so", async () => {
    const { store, outbox } = await table();
    for (let commit = 0; commit < 4; commit += 1) {
      await store.commit(
        [],
        Array.from({ length: 20 }, (_, count) => fact("made", { commit, count })),
        "ada",
      );
    }
    const delivered = (await outbox.pending(60)).map(({ id }) => id);

    await outbox.done([...delivered, ...delivered, fresh()]);
    await outbox.done(delivered);
    await outbox.done([]);

    const left = await outbox.pending(100);
    expect(left.map(({ data }) => data)).toEqual(
      Array.from({ length: 20 }, (_, count) => ({ commit: 3, count })),
    );
  });

  it("shows nothing older than a day, however much of it there is", async () => {
    const { store, outbox, clock } = await table();
    for (let commit = 0; commit < 10; commit += 1) await store.commit([], [fact("old")], "ada");
    await clock.wait(day + 1);
    await store.commit([], [fact("new")], "ada");

    expect((await outbox.pending(2)).map(({ name }) => name)).toEqual(["sample.new"]);
  });
});

describe(
  "sweeping the table of the embedded engine",
  { ...needs("dynoxide"), timeout: 60_000 },
  () => {
    const table = tableOf();

    it("deletes what is over, its names and old events, and nothing else", async () => {
      const hand = await table();
      const { store, clock, sweep } = hand;
      const [lasting, brief] = [note(), note({ until: inSeconds(hand, 60), aliases: ["alias"] })];
      await store.commit([put(notes, lasting)], [fact("made")], "ada");
      await store.commit([put(notes, brief)], [], "ada");

      expect(await sweep()).toBe(0);
      await clock.wait(61);
      expect(await sweep()).toBe(3);
      await clock.wait(day);
      expect(await sweep()).toBe(1);

      expect(await sweep()).toBe(0);
      expect(await store.byName(notes, `${lasting.owner}/${lasting.name}`)).toMatchObject({
        version: 1,
      });
    });

    it("looks at every page of a table", async () => {
      const hand = await table();
      const until = inSeconds(hand, 60);
      const lasting = note();
      await hand.store.commit([put(notes, lasting)], [], "ada");
      for (let count = 0; count < 30; count += 1) {
        const changes = Array.from({ length: 20 }, () =>
          put(notes, note(count % 3 === 0 ? {} : { until })),
        );
        await hand.store.commit(changes, [], "ada");
      }
      await hand.clock.wait(61);

      expect(await hand.sweep()).toBe(2 * 20 * 20);
      expect(await hand.sweep()).toBe(0);

      expect(await hand.store.get(notes, lasting.id)).toMatchObject({ version: 1 });
    });
  },
);
