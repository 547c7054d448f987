import { describe, expect, it } from "vitest";
import { check, put, remove } from "../../kit/index.ts";
import { inSeconds, note, notes, there, type BuildStore } from "./sample.ts";

/** What is over is gone for everyone, whether or not it has been deleted yet. */
export function expirySpec(build: BuildStore): void {
  describe("a record whose time is over", () => {
    it("is not found any more, by id, by name or in lists", async () => {
      const hand = await build();
      const { store, settle, wait } = hand;
      const [brief, lasting] = [note({ until: inSeconds(hand, 60) }), note()];
      const owner = brief.owner;
      await store.commit([put(notes, brief), put(notes, { ...lasting, owner })], [], "ada");
      await settle();
      expect(await store.get(notes, brief.id)).toMatchObject({ version: 1 });

      await wait(61);

      expect(await store.get(notes, brief.id)).toBeUndefined();
      expect(await store.byName(notes, `${owner}/${brief.name}`)).toBeUndefined();
      const listed = await store.list(notes, "byOwner", owner, { size: 10 });
      expect(listed).toEqual({ items: [{ id: lasting.id, name: lasting.name }] });
    });

    it("takes no room on a page", async () => {
      const hand = await build();
      const { store, settle, wait } = hand;
      const owner = note().owner;
      const brief = ["a", "b", "c", "d", "f"].map((name) =>
        note({ owner, name, until: inSeconds(hand, 60) }),
      );
      const lasting = ["e", "g", "h"].map((name) => note({ owner, name }));
      await store.commit(
        [...brief, ...lasting].map((one) => put(notes, one)),
        [],
        "ada",
      );
      await wait(61);
      await settle();

      const first = await store.list(notes, "byOwner", owner, { size: 2 });
      const second = await store.list(notes, "byOwner", owner, {
        size: 2,
        from: there(first.next),
      });
      const back = await store.list(notes, "byOwner", owner, {
        size: 2,
        from: there(second.prev),
        backwards: true,
      });

      expect([first, second, back].map(({ items }) => items.map(({ name }) => name))).toEqual([
        ["e", "g"],
        ["h"],
        ["e", "g"],
      ]);
      expect([second.next, back.prev]).toEqual([undefined, undefined]);
    });

    it("refuses every change that rests on it", async () => {
      const hand = await build();
      const { store, wait } = hand;
      const made = note({ until: inSeconds(hand, 60) });
      await store.commit([put(notes, made)], [], "ada");
      const read = there(await store.get(notes, made.id));

      await wait(61);

      for (const last of [
        put(notes, { ...read, until: inSeconds(hand, 60) }, read),
        remove(notes, read),
        check(notes, read),
      ]) {
        await expect(store.commit([put(notes, note()), last], [], "ada")).rejects.toMatchObject({
          code: "store.stale",
        });
      }
      expect(await store.get(notes, made.id)).toBeUndefined();
    });
  });
}

/** What it leaves is free. */
export function freedSpec(build: BuildStore): void {
  describe("the key and the names of a record whose time is over", () => {
    it("are free again", async () => {
      const hand = await build();
      const { store, wait } = hand;
      const made = note({ until: inSeconds(hand, 60), aliases: ["alias"] });
      await store.commit([put(notes, made)], [], "ada");
      await wait(61);

      const heir = note({ owner: made.owner, name: made.name });
      await store.commit([put(notes, heir)], [], "ada");
      await store.commit([put(notes, note({ id: made.id, owner: made.owner }))], [], "ada");

      expect(await store.byName(notes, `${made.owner}/${made.name}`)).toMatchObject({
        id: heir.id,
      });
      expect(await store.byName(notes, `${made.owner}/alias`)).toBeUndefined();
      expect(await store.get(notes, made.id)).toMatchObject({ version: 1, aliases: [] });
    });

    it("are still held if it was given more time", async () => {
      const hand = await build();
      const { store, wait } = hand;
      const made = note({ until: inSeconds(hand, 60) });
      await store.commit([put(notes, made)], [], "ada");
      const read = there(await store.get(notes, made.id));
      await store.commit([put(notes, { ...read, until: undefined }, read)], [], "ada");
      await wait(61);

      const second = store.commit(
        [put(notes, note({ owner: made.owner, name: made.name }))],
        [],
        "ada",
      );
      await expect(second).rejects.toMatchObject({ code: "sample.name_taken" });

      expect(await store.byName(notes, `${made.owner}/${made.name}`)).toMatchObject({
        id: made.id,
        version: 2,
      });
    });

    it("are free earlier if it was given less", async () => {
      const hand = await build();
      const { store, wait } = hand;
      const made = note();
      await store.commit([put(notes, made)], [], "ada");
      const read = there(await store.get(notes, made.id));
      await store.commit([put(notes, { ...read, until: inSeconds(hand, 5) }, read)], [], "ada");
      await wait(6);

      const heir = note({ owner: made.owner, name: made.name });
      await store.commit([put(notes, heir)], [], "ada");

      expect(await store.byName(notes, `${made.owner}/${made.name}`)).toMatchObject({
        id: heir.id,
      });
    });
  });
}
