import { describe, expect, it } from "vitest";
import { put, remove, type Listed, type Page } from "../../kit/index.ts";
import {
  fresh,
  note,
  notes,
  remark,
  remarks,
  there,
  type BuildStore,
  type Note,
  type StoreAtHand,
} from "./sample.ts";

/** Lists in their order, from both ends. */
export function orderSpec(build: BuildStore): void {
  describe("a list", () => {
    it("is in order of its sort key, either way", async () => {
      const { hand, owner } = await listOf(build, ["b", "aa", "a", "ä", "Z", "😀", "\uFFFD", "日"]);
      const order = ["Z", "a", "aa", "b", "ä", "日", "\uFFFD", "😀"];

      expect(await names(hand, owner, { size: 100 })).toEqual(order);
      expect(await names(hand, owner, { size: 100, descending: true })).toEqual(order.toReversed());
    });

    it("shows what begins with a prefix", async () => {
      const { hand, owner } = await listOf(build, ["a", "ab", "abc", "b", "Ab", "äb", "äbc"]);

      expect(await names(hand, owner, { size: 100, prefix: "ab" })).toEqual(["ab", "abc"]);
      expect(await names(hand, owner, { size: 100, prefix: "äb", descending: true })).toEqual([
        "äbc",
        "äb",
      ]);
      expect(await names(hand, owner, { size: 100, prefix: "x" })).toEqual([]);
    });

    it.each(["%", "_", "*", "?", "[a]", "\\", "'", "A", "É"])(
      "takes a prefix with %s by the letter",
      async (sign) => {
        const { hand, owner } = await listOf(build, [`x${sign}y`, "xay", "xy", "xéy", "x"]);

        expect(await names(hand, owner, { size: 100, prefix: `x${sign}` })).toEqual([`x${sign}y`]);
      },
    );

    it("shows summaries, or whole records where there are none", async () => {
      const hand = await build();
      const [one, said] = [note(), remark()];
      await hand.store.commit([put(notes, one), put(remarks, said)], [], "ada");
      await hand.settle();

      const listed = await hand.store.list(notes, "byOwner", one.owner, { size: 5 });
      const whole = await hand.store.list(remarks, "byOwner", said.owner, { size: 5 });

      expect(listed.items).toStrictEqual([{ id: one.id, name: one.name }]);
      expect(whole.items).toStrictEqual([said]);
    });

    it("shows one type of the several that share a partition", async () => {
      const hand = await build();
      const owner = fresh();
      const made = [1, 2, 3].map((number) => remark({ owner, number }));
      const notesToo = [1, 2, 3].map((number) => note({ owner, name: `${number}` }));
      await hand.store.commit(
        [...made.map((one) => put(remarks, one)), ...notesToo.map((one) => put(notes, one))],
        [],
        "ada",
      );
      await hand.settle();

      const first = await hand.store.list(remarks, "byOwner", owner, { size: 2 });
      const second = await hand.store.list(remarks, "byOwner", owner, {
        size: 2,
        from: there(first.next),
      });

      expect([first.items, second.items]).toEqual([made.slice(0, 2), made.slice(2)]);
      expect(second.next).toBeUndefined();
    });
  });
}

/** Pages, onwards and back. */
export function pageSpec(build: BuildStore): void {
  describe.each([
    ["ascending", {}],
    ["descending", { descending: true }],
    ["with a prefix", { prefix: "n" }],
    ["descending with a prefix", { prefix: "n", descending: true }],
  ])("paging, %s", (_, order: Partial<Page>) => {
    const seven = Array.from({ length: 7 }, (_one, number) => `n${number}`);
    const inOrder = order.descending ? seven.toReversed() : seven;

    it("goes on to the end and back to the start, each item once", async () => {
      const { hand, owner } = await listOf(build, [...seven, "m", "o"]);
      const page = (more: Partial<Page>) =>
        hand.store.list(notes, "byOwner", owner, { size: 3, prefix: "n", ...order, ...more });

      const first = await page({});
      const second = await page({ from: there(first.next) });
      const third = await page({ from: there(second.next) });
      const back = await page({ from: there(third.prev), backwards: true });
      const start = await page({ from: there(back.prev), backwards: true });

      expect([first, second, third].map(named)).toEqual([
        inOrder.slice(0, 3),
        inOrder.slice(3, 6),
        inOrder.slice(6),
      ]);
      expect([back, start].map(named)).toEqual([inOrder.slice(3, 6), inOrder.slice(0, 3)]);
      expect([first.prev, third.next, start.prev]).toEqual([undefined, undefined, undefined]);
      expect(named(await page({ from: there(start.next) }))).toEqual(inOrder.slice(3, 6));
      expect(named(await page({ from: there(back.next) }))).toEqual(inOrder.slice(6));
    });

    it("says that nothing follows where the last page is full", async () => {
      const { hand, owner } = await listOf(build, seven);

      const whole = await hand.store.list(notes, "byOwner", owner, { size: 7, ...order });

      expect(named(whole)).toEqual(inOrder);
      expect([whole.next, whole.prev]).toEqual([undefined, undefined]);
    });

    it("reads from the end where backwards is all that is said", async () => {
      const { hand, owner } = await listOf(build, seven);

      const last = await hand.store.list(notes, "byOwner", owner, {
        size: 3,
        backwards: true,
        ...order,
      });

      expect(named(last)).toEqual(inOrder.slice(4));
      expect(last.next).toBeUndefined();
      expect(last.prev).toBeDefined();
    });
  });
}

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

const named = (listed: Listed<{ name: string }>): string[] => listed.items.map(({ name }) => name);

const names = async ({ store }: StoreAtHand, owner: string, page: Page) =>
  named(await store.list(notes, "byOwner", owner, page));

async function listOf(build: BuildStore, all: readonly string[]) {
  const hand = await build();
  const owner = fresh();
  await add(hand, owner, all);
  return { hand, owner };
}

async function add({ store, settle }: StoreAtHand, owner: string, all: readonly string[]) {
  await store.commit(
    all.map((name) => put(notes, note({ owner, name }))),
    [],
    "ada",
  );
  await settle();
}

async function drop({ store, settle }: StoreAtHand, owner: string, all: readonly string[]) {
  const found = await Promise.all(all.map((name) => store.byName(notes, `${owner}/${name}`)));
  await store.commit(
    found.map((one) => remove(notes, there(one))),
    [],
    "ada",
  );
  await settle();
}

async function change(
  { store }: StoreAtHand,
  id: string,
  to: Partial<{ [K in keyof Note]: Note[K] | undefined }>,
) {
  const found = there(await store.get(notes, id));
  await store.commit([put(notes, notes.schema.parse({ ...found, ...to }), found)], [], "ada");
}
