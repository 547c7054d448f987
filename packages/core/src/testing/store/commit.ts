import { describe, expect, it } from "vitest";
import { check, put, remove } from "../../kit/index.ts";
import { fact, fresh, note, notes, there, type BuildStore } from "./sample.ts";

const stale = { code: "store.stale", kind: "conflict" };

/** A commit rests on its readings. */
export function staleSpec(build: BuildStore): void {
  describe("a commit that rests on a reading", () => {
    it("counts the saves of a record", async () => {
      const { store } = await build();
      const { id } = await kept(store);
      await store.commit(
        [
          put(
            notes,
            { ...there(await store.get(notes, id)), text: "second" },
            await store.get(notes, id),
          ),
        ],
        [],
        "ada",
      );

      expect(await store.get(notes, id)).toMatchObject({ text: "second", version: 2 });
    });

    it("is refused once someone else has changed the record", async () => {
      const { store } = await build();
      const first = await kept(store);
      await store.commit([put(notes, { ...first, text: "theirs" }, first)], [], "bob");

      await expect(
        store.commit([put(notes, { ...first, text: "mine" }, first)], [], "ada"),
      ).rejects.toMatchObject(stale);
      await expect(store.commit([remove(notes, first)], [], "ada")).rejects.toMatchObject(stale);
      await expect(store.commit([check(notes, first)], [], "ada")).rejects.toMatchObject(stale);

      expect(await store.get(notes, first.id)).toMatchObject({ text: "theirs", version: 2 });
    });

    it("is refused once someone else has removed the record", async () => {
      const { store } = await build();
      const first = await kept(store);
      await store.commit([remove(notes, first)], [], "bob");

      await expect(store.commit([put(notes, first, first)], [], "ada")).rejects.toMatchObject(
        stale,
      );
      await expect(store.commit([remove(notes, first)], [], "ada")).rejects.toMatchObject(stale);
      await expect(store.commit([check(notes, first)], [], "ada")).rejects.toMatchObject(stale);

      expect(await store.get(notes, first.id)).toBeUndefined();
    });

    it("is refused where the record was to be new and is there", async () => {
      const { store } = await build();
      const first = await kept(store);

      const again = { ...note(), id: first.id };
      await expect(store.commit([put(notes, again)], [], "ada")).rejects.toMatchObject(stale);

      expect(await store.get(notes, first.id)).toEqual(first);
    });

    it("starts a removed record anew at version 1", async () => {
      const { store } = await build();
      const first = await kept(store);
      await store.commit([remove(notes, first)], [], "ada");

      await store.commit([put(notes, note({ id: first.id }))], [], "ada");

      expect(await store.get(notes, first.id)).toMatchObject({ version: 1 });
    });
  });
}

/** All of a commit, or none of it. */
export function wholeSpec(build: BuildStore): void {
  describe("a commit of several changes", () => {
    it("keeps all of them and their events", async () => {
      const { store, events } = await build();
      const [changed, removed, checked] = [await kept(store), await kept(store), await kept(store)];
      const made = note();
      const actor = fresh();

      const changes = [
        put(notes, made),
        put(notes, { ...changed, text: "new" }, changed),
        remove(notes, removed),
        check(notes, checked),
      ];
      await store.commit(changes, [fact("made")], actor);

      expect(await store.get(notes, made.id)).toMatchObject({ version: 1 });
      expect(await store.get(notes, changed.id)).toMatchObject({ text: "new", version: 2 });
      expect(await store.get(notes, removed.id)).toBeUndefined();
      expect(await store.get(notes, checked.id)).toEqual(checked);
      expect((await events()).filter((event) => event.actor === actor)).toHaveLength(1);
    });

    it.each(["put", "remove", "check"] as const)(
      "keeps none of them, nor an event or a name, if one %s is stale",
      async (kind) => {
        const { store, events, settle } = await build();
        const old = await kept(store);
        await store.commit([put(notes, { ...old, text: "theirs" }, old)], [], "bob");
        const [changed, removed, made] = [await kept(store), await kept(store), note()];
        const actor = fresh();

        const last = {
          put: put(notes, old, old),
          remove: remove(notes, old),
          check: check(notes, old),
        }[kind];
        const changes = [
          put(notes, made),
          put(notes, { ...changed, name: "new" }, changed),
          remove(notes, removed),
          last,
        ];
        await expect(store.commit(changes, [fact("made")], actor)).rejects.toMatchObject(stale);
        await settle();

        expect(await store.get(notes, made.id)).toBeUndefined();
        expect(await store.byName(notes, `${made.owner}/${made.name}`)).toBeUndefined();
        expect(await store.get(notes, changed.id)).toEqual(changed);
        expect(await store.byName(notes, `${changed.owner}/new`)).toBeUndefined();
        expect(await store.byName(notes, `${removed.owner}/${removed.name}`)).toEqual(removed);
        expect(await store.list(notes, "byOwner", made.owner, { size: 10 })).toEqual({ items: [] });
        expect((await events()).filter((event) => event.actor === actor)).toEqual([]);
      },
    );

    it("passes a check as long as nobody changes the record", async () => {
      const { store } = await build();
      const [checked, made] = [await kept(store), note()];

      await store.commit([check(notes, checked), put(notes, made)], [], "ada");
      await store.commit([check(notes, checked)], [], "ada");

      expect(await store.get(notes, made.id)).toMatchObject({ version: 1 });
      expect(await store.get(notes, checked.id)).toEqual(checked);
    });

    it("is not meant to change one record twice", async () => {
      const { store } = await build();
      const first = await kept(store);

      const twice = [put(notes, { ...first, text: "one" }, first), check(notes, first)];
      await expect(store.commit(twice, [], "ada")).rejects.toThrow("twice");

      expect(await store.get(notes, first.id)).toEqual(first);
    });
  });
}

const kept = async (store: Awaited<ReturnType<BuildStore>>["store"]) => {
  const made = note();
  await store.commit([put(notes, made)], [], "ada");
  return there(await store.get(notes, made.id));
};
