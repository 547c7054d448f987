import { describe, expect, it } from "vitest";
import { maxChanges, put } from "../../kit/index.ts";
import { fact, fresh, note, notes, remark, remarks, there, type BuildStore } from "./sample.ts";

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
