import { describe, expect, it } from "vitest";
import { check, maxChanges, put, remove } from "../../kit/index.ts";
import { fact, fresh, note, notes, remark, remarks, there, type BuildStore } from "./sample.ts";

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

/** How much one commit holds. */
export function sizeSpec(build: BuildStore): void {
  describe("the size of a commit", () => {
    it("may be nothing at all", async () => {
      const { store, events } = await build();
      const actor = fresh();

      await store.commit([], [], actor);

      expect((await events()).filter((event) => event.actor === actor)).toEqual([]);
    });

    it(`may be ${maxChanges} changes with their names and events`, async () => {
      const { store, events } = await build();
      const [owner, actor] = [fresh(), fresh()];
      const made = Array.from({ length: maxChanges }, () => note({ owner, aliases: [fresh()] }));
      const facts = Array.from({ length: 10 }, (_, count) => fact("made", { count }));

      await store.commit(
        made.map((one) => put(notes, one)),
        facts,
        actor,
      );

      for (const { id } of made) expect(await store.get(notes, id)).toMatchObject({ version: 1 });
      for (const { name } of made)
        expect(await store.byName(notes, `${owner}/${name}`)).toMatchObject({ name });
      expect((await events()).filter((event) => event.actor === actor)).toHaveLength(10);
    });

    it("is refused beyond that, and nothing of it kept", async () => {
      const { store, events } = await build();
      const actor = fresh();
      const made = Array.from({ length: maxChanges + 1 }, () => note());

      const refused = store.commit(
        made.map((one) => put(notes, one)),
        [fact("made")],
        actor,
      );
      await expect(refused).rejects.toMatchObject({
        code: "store.too_many_changes",
        data: { count: maxChanges + 1 },
      });

      expect(await store.get(notes, there(made[0]).id)).toBeUndefined();
      expect((await events()).filter((event) => event.actor === actor)).toEqual([]);
    });
  });
}

/** What is told of a commit. */
export function eventSpec(build: BuildStore): void {
  describe("the events of a commit", () => {
    it("carry their envelope, and ids in their order", async () => {
      const { store, events, now } = await build();
      const actor = `ädå-${fresh()}`;
      const at = new Date(now()).toISOString();

      await store.commit(
        [put(remarks, remark())],
        [fact("made", { text: "日本 😀" }), fact("told", { count: 2 })],
        actor,
      );

      const heard = (await events()).filter((event) => event.actor === actor);
      expect(heard).toMatchObject([
        { name: "sample.made", at, actor, data: { text: "日本 😀" } },
        { name: "sample.told", at, actor, data: { count: 2 } },
      ]);
      expect(new Set(heard.map(({ id }) => id)).size).toBe(2);
    });

    it("may come without any change", async () => {
      const { store, events } = await build();
      const actor = fresh();

      await store.commit([], [fact("asked")], actor);

      expect((await events()).filter((event) => event.actor === actor)).toMatchObject([
        { name: "sample.asked", data: {} },
      ]);
    });
  });
}

const kept = async (store: Awaited<ReturnType<BuildStore>>["store"]) => {
  const made = note();
  await store.commit([put(notes, made)], [], "ada");
  return there(await store.get(notes, made.id));
};
