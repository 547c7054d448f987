import { describe, expect, it } from "vitest";
import { put } from "../../kit/index.ts";
import { fresh, note, notes, remark, remarks, type BuildStore } from "./sample.ts";

/** What is read is what was kept. */
export function readSpec(build: BuildStore): void {
  describe("reading", () => {
    it("finds nothing where nothing was kept", async () => {
      const { store } = await build();

      expect(await store.get(notes, fresh())).toBeUndefined();
      expect(await store.byName(notes, fresh())).toBeUndefined();
      expect(await store.list(notes, "byOwner", fresh(), { size: 10 })).toEqual({ items: [] });
    });

    it("gives a new record back as it was kept, at version 1", async () => {
      const { store } = await build();
      const kept = note({
        text: "as it is",
        details: { nothing: null, list: [], deep: { empty: "", no: 0 } },
      });

      await store.commit([put(notes, kept)], [], "ada");

      expect(await store.get(notes, kept.id)).toEqual({ ...kept, version: 1 });
    });

    it("keeps every character, in values, names, keys and fields", async () => {
      const { store, settle } = await build();
      const text = "Grüße, 日本語, naïve 😀 \u{10FFFF} \u0000 \"'\\ #:";
      const kept = note({
        id: `ключ-${fresh()}-😀`,
        name: `名前 ${text}`,
        text,
        details: { [text]: [text] },
      });

      await store.commit([put(notes, kept)], [], "ädå");
      await settle();

      expect(await store.get(notes, kept.id)).toEqual({ ...kept, version: 1 });
      expect(await store.byName(notes, `${kept.owner}/${kept.name}`)).toEqual({
        ...kept,
        version: 1,
      });
      const listed = await store.list(notes, "byOwner", kept.owner, {
        size: 10,
        prefix: "名前 Grüße",
      });
      expect(listed.items).toEqual([{ id: kept.id, name: kept.name }]);
    });

    it("answers each of many readings at once with its own record, or with none", async () => {
      const { store } = await build();
      const kept = Array.from({ length: 20 }, () => note());
      await store.commit(
        kept.map((record) => put(notes, record)),
        [],
        "ada",
      );

      const asked = Array.from({ length: 240 }, (_, at) => kept[at % 24]?.id ?? fresh());
      const found = await Promise.all(asked.map((id) => store.get(notes, id)));

      const expected = asked.map((id) => kept.find((record) => record.id === id)?.id);
      expect(found.map((record) => record?.id)).toEqual(expected);
    });

    it("keeps apart what shares a partition", async () => {
      const { store } = await build();
      const kept = note();
      const first = remark({ note: kept.id });
      const second = remark({ note: kept.id, number: 2 });

      await store.commit([put(notes, kept), put(remarks, first), put(remarks, second)], [], "ada");

      expect(await store.get(notes, kept.id)).toEqual({ ...kept, version: 1 });
      expect(await store.get(remarks, { note: kept.id, number: 2 })).toEqual({
        ...second,
        version: 1,
      });
    });
  });
}

/** What the schema says is what is kept, no more and no less. */
export function shapeSpec(build: BuildStore): void {
  describe("the shape of a record", () => {
    it("leaves out what is undefined, and what the schema does not know", async () => {
      const { store } = await build();
      const kept = note();

      const given = Object.assign({}, kept, {
        topic: undefined,
        details: { gone: undefined },
        more: 1,
      });
      await store.commit([put(notes, given)], [], "ada");

      const found = await store.get(notes, kept.id);
      expect(found).toStrictEqual({ ...kept, version: 1 });
    });

    it("belongs to its reader alone", async () => {
      const { store } = await build();
      const kept = note({ details: { list: [1] } });
      await store.commit([put(notes, kept)], [], "ada");

      const mine = await store.get(notes, kept.id);
      mine?.aliases.push("mine");
      kept.aliases.push("mine too");

      expect((await store.get(notes, kept.id))?.aliases).toEqual([]);
    });

    it.each([
      ["one byte each", "a", 250_000],
      ["three bytes each", "語", 83_000],
    ])("may be 250 KB of characters of %s", async (_, character, count) => {
      const { store, settle } = await build();
      const kept = note({ text: character.repeat(count) });

      await store.commit([put(notes, kept)], [], "ada");
      await settle();

      expect((await store.get(notes, kept.id))?.text).toBe(kept.text);
      const listed = await store.list(notes, "byOwner", kept.owner, { size: 10 });
      expect(listed.items).toEqual([{ id: kept.id, name: kept.name }]);
    });
  });
}
