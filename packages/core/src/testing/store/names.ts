import { describe, expect, it } from "vitest";
import { put, remove, type Store, type Stored } from "../../kit/index.ts";
import {
  fact,
  fresh,
  note,
  notes,
  remark,
  remarks,
  there,
  type BuildStore,
  type Note,
} from "./sample.ts";

const taken = { code: "sample.name_taken", kind: "conflict" };

/** A unique name leads to its one holder. */
export function nameSpec(build: BuildStore): void {
  describe("a unique name", () => {
    it("leads to its holder, as does each of several", async () => {
      const { store } = await build();
      const held = await kept(store, note({ aliases: ["other", "日本/😀#x"] }));

      for (const name of [held.name, "other", "日本/😀#x"]) {
        expect(await store.byName(notes, `${held.owner}/${name}`)).toEqual(held);
      }
    });

    it("is refused to a second record with the failure that it declares", async () => {
      const { store, events } = await build();
      const held = await kept(store);
      const actor = fresh();

      const second = note({ owner: held.owner, name: held.name });
      const refused = store.commit([put(notes, note()), put(notes, second)], [fact("made")], actor);
      await expect(refused).rejects.toMatchObject({ ...taken, data: { name: held.name } });

      expect(await store.get(notes, second.id)).toBeUndefined();
      expect(await store.byName(notes, `${held.owner}/${held.name}`)).toEqual(held);
      expect((await events()).filter((event) => event.actor === actor)).toEqual([]);
    });

    it("is refused to two records of one commit", async () => {
      const { store } = await build();
      const first = note();
      const second = note({ owner: first.owner, name: first.name });

      const both = store.commit([put(notes, first), put(notes, second)], [], "ada");
      await expect(both).rejects.toMatchObject(taken);

      expect(await store.get(notes, first.id)).toBeUndefined();
    });

    it("may be named twice by its holder", async () => {
      const { store } = await build();

      const held = await kept(store, note({ name: "one", aliases: ["one"] }));

      expect(await store.byName(notes, `${held.owner}/one`)).toEqual(held);
    });

    it("may be held once by each type", async () => {
      const { store } = await build();
      const held = note();
      const said = remark({ owner: held.owner, text: held.name });

      await store.commit([put(notes, held), put(remarks, said)], [], "ada");

      expect(await store.byName(notes, `${held.owner}/${held.name}`)).toMatchObject({
        id: held.id,
      });
      expect(await store.byName(remarks, `${held.owner}/${held.name}`)).toMatchObject({
        note: said.note,
      });
    });
  });
}

/** Names move with their holders. */
export function renameSpec(build: BuildStore): void {
  describe("renaming", () => {
    it("gives up the old name and keeps those that stay", async () => {
      const { store } = await build();
      const held = await kept(store, note({ aliases: ["stays"] }));

      await store.commit([put(notes, { ...held, name: "new" }, held)], [], "ada");

      expect(await store.byName(notes, `${held.owner}/new`)).toMatchObject({
        id: held.id,
        version: 2,
      });
      expect(await store.byName(notes, `${held.owner}/stays`)).toMatchObject({
        id: held.id,
        version: 2,
      });
      expect(await store.byName(notes, `${held.owner}/${held.name}`)).toBeUndefined();
      await kept(store, note({ owner: held.owner, name: held.name }));
    });

    it("is refused if someone else holds the new name", async () => {
      const { store } = await build();
      const held = await kept(store);
      const other = await kept(store, note({ owner: held.owner }));

      const refused = store.commit([put(notes, { ...other, name: held.name }, other)], [], "ada");
      await expect(refused).rejects.toMatchObject(taken);

      expect(await store.get(notes, other.id)).toEqual(other);
    });

    it("may swap the names of two records in one commit", async () => {
      const { store } = await build();
      const one = await kept(store);
      const other = await kept(store, note({ owner: one.owner }));

      await store.commit(
        [
          put(notes, { ...one, name: other.name }, one),
          put(notes, { ...other, name: one.name }, other),
        ],
        [],
        "ada",
      );

      expect(await store.byName(notes, `${one.owner}/${one.name}`)).toMatchObject({
        id: other.id,
        version: 2,
      });
      expect(await store.byName(notes, `${one.owner}/${other.name}`)).toMatchObject({
        id: one.id,
        version: 2,
      });
    });

    it("may pass a name on to a new record in one commit", async () => {
      const { store } = await build();
      const held = await kept(store);
      const heir = note({ owner: held.owner, name: held.name });

      await store.commit(
        [put(notes, heir), put(notes, { ...held, name: "retired" }, held)],
        [],
        "ada",
      );

      expect(await store.byName(notes, `${held.owner}/${held.name}`)).toMatchObject({
        id: heir.id,
      });
      expect(await store.byName(notes, `${held.owner}/retired`)).toMatchObject({ id: held.id });
    });

    it("may turn a name into an alias and back", async () => {
      const { store } = await build();
      const held = await kept(store, note({ name: "one", aliases: ["two"] }));

      await store.commit([put(notes, { ...held, name: "two", aliases: ["one"] }, held)], [], "ada");

      expect(await store.byName(notes, `${held.owner}/one`)).toMatchObject({
        id: held.id,
        name: "two",
      });
    });
  });
}

/** Names end with their holders. */
export function releaseSpec(build: BuildStore): void {
  describe("the name of a removed record", () => {
    it("is free again", async () => {
      const { store } = await build();
      const held = await kept(store);
      await store.commit([remove(notes, held)], [], "ada");

      expect(await store.byName(notes, `${held.owner}/${held.name}`)).toBeUndefined();
      const heir = await kept(store, note({ owner: held.owner, name: held.name }));
      expect(await store.byName(notes, `${held.owner}/${held.name}`)).toEqual(heir);
    });

    it("may be taken by another in the same commit", async () => {
      const { store } = await build();
      const held = await kept(store);
      const heir = note({ owner: held.owner, name: held.name });

      await store.commit([remove(notes, held), put(notes, heir)], [], "ada");

      expect(await store.byName(notes, `${held.owner}/${held.name}`)).toMatchObject({
        id: heir.id,
      });
      expect(await store.get(notes, held.id)).toBeUndefined();
    });
  });
}

const kept = async (store: Store, made: Note = note()): Promise<Stored<Note>> => {
  await store.commit([put(notes, made)], [], "ada");
  return there(await store.get(notes, made.id));
};
