import { describe, expect, it } from "vitest";
import { put, remove, type Page } from "../../kit/index.ts";
import { fresh, note, notes, there, type BuildStore } from "./sample.ts";
import { add, change, drop, listOf, named, names } from "./shelf.ts";

/** Pages of a list that changes between them. */
export function movingSpec(build: BuildStore): void {
  describe("paging through a list that changes", () => {
    it("meets what came in later, and nothing twice", async () => {
      const { hand, owner } = await listOf(build, ["b", "d", "f", "h"]);
      const page = (more: Partial<Page>) =>
        hand.store.list(notes, "byOwner", owner, { size: 2, ...more });
      const first = await page({});

      await add(hand, owner, ["a", "c", "e", "g"]);
      const second = await page({ from: there(first.next) });

      expect([named(first), named(second)]).toEqual([
        ["b", "d"],
        ["e", "f"],
      ]);
      const back = await page({ from: there(second.prev), backwards: true });
      expect(named(back)).toEqual(["c", "d"]);
      expect(named(await page({ from: there(back.prev), backwards: true }))).toEqual(["a", "b"]);
    });

    it("goes on although the item at the border is gone", async () => {
      const { hand, owner } = await listOf(build, ["a", "b", "c", "d"]);
      const page = (more: Partial<Page>) =>
        hand.store.list(notes, "byOwner", owner, { size: 2, ...more });
      const first = await page({});

      await drop(hand, owner, ["b"]);
      const second = await page({ from: there(first.next) });

      expect(named(second)).toEqual(["c", "d"]);
      expect(named(await page({ from: there(second.prev), backwards: true }))).toEqual(["a"]);
    });

    it("says on an empty page what is left around it", async () => {
      const { hand, owner } = await listOf(build, ["a", "b", "c", "d"]);
      const page = (more: Partial<Page>) =>
        hand.store.list(notes, "byOwner", owner, { size: 2, ...more });
      const border = there((await page({})).next);

      await drop(hand, owner, ["c", "d"]);
      const after = await page({ from: border });
      expect([after.items, after.next]).toEqual([[], undefined]);
      expect(named(await page({ from: there(after.prev), backwards: true }))).toEqual(["a", "b"]);

      await add(hand, owner, ["c"]);
      await drop(hand, owner, ["a", "b"]);
      const before = await page({ from: border, backwards: true });
      expect([before.items, before.prev]).toEqual([[], undefined]);
      expect(named(await page({ from: there(before.next) }))).toEqual(["c"]);
    });
  });
}

/** A record is in the lists that it belongs to now. */
export function membershipSpec(build: BuildStore): void {
  describe("the lists that a record is in", () => {
    it("change as the record does", async () => {
      const hand = await build();
      const { store, settle } = hand;
      const made = note({ topic: fresh(), open: true });
      const [topic, other] = [there(made.topic), fresh()];
      const found = async () => {
        await settle();
        const lists = await Promise.all([
          store.list(notes, "byParent", topic, { size: 5 }),
          store.list(notes, "byParent", other, { size: 5 }),
          store.list(notes, "byActivity", `${made.owner}#open`, { size: 5 }),
        ]);
        return lists.map(({ items }) => items.length);
      };

      await store.commit([put(notes, made)], [], "ada");
      expect(await found()).toEqual([1, 0, 1]);

      await change(hand, made.id, { topic: other, open: false });
      expect(await found()).toEqual([0, 1, 0]);

      await change(hand, made.id, { topic: undefined, open: true });
      expect(await found()).toEqual([0, 0, 1]);

      await store.commit([remove(notes, there(await store.get(notes, made.id)))], [], "ada");
      expect(await found()).toEqual([0, 0, 0]);
    });

    it("show the record as it was saved last", async () => {
      const hand = await build();
      const made = note();
      await hand.store.commit([put(notes, made)], [], "ada");

      await change(hand, made.id, { name: "renamed" });
      await hand.settle();

      expect(await names(hand, made.owner, { size: 5 })).toEqual(["renamed"]);
    });
  });
}
