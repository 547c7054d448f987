import { describe, expect, it } from "vitest";
import { put, type Page } from "../../kit/index.ts";
import { fresh, note, notes, remark, remarks, there, type BuildStore } from "./sample.ts";
import { listOf, named, names } from "./shelf.ts";

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
