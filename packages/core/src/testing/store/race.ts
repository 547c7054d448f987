import { describe, expect, it } from "vitest";
import { put, retried, type Store } from "../../kit/index.ts";
import { fact, fresh, note, notes, there, type BuildStore } from "./sample.ts";

const racers = 50;

/** However many come at once, each version has one author and each name one holder. */
export function raceSpec(build: BuildStore): void {
  describe(`${racers} commits at once`, () => {
    it("on one reading: one is kept, the others are stale", async () => {
      const { store, events } = await build();
      const { id } = await kept(store);
      const read = there(await store.get(notes, id));
      const actor = fresh();

      const done = await Promise.allSettled(
        Array.from({ length: racers }, (_, racer) =>
          store.commit(
            [put(notes, { ...read, text: `${racer}` }, read)],
            [fact("won", { racer })],
            actor,
          ),
        ),
      );

      const lost = done.flatMap((one): unknown[] =>
        one.status === "rejected" ? [one.reason] : [],
      );
      expect(lost).toHaveLength(racers - 1);
      for (const reason of lost) expect(reason).toMatchObject({ code: "store.stale" });
      const winner = done.findIndex(({ status }) => status === "fulfilled");
      expect(await store.get(notes, id)).toMatchObject({ text: `${winner}`, version: 2 });
      const heard = (await events()).filter((event) => event.actor === actor);
      expect(heard.map(({ data }) => data)).toEqual([{ racer: winner }]);
    });

    it("that read again when they are stale: all are kept, one after the other", async () => {
      const { store } = await build();
      const { id } = await kept(store);
      const addOne = async () => {
        const read = there(await store.get(notes, id));
        await store.commit(
          [put(notes, { ...read, text: `${Number(read.text) + 1}` }, read)],
          [],
          "ada",
        );
      };

      await Promise.all(Array.from({ length: racers }, () => retried(addOne, racers * racers)));

      expect(await store.get(notes, id)).toMatchObject({ text: `${racers}`, version: racers + 1 });
    });

    it("for one name: one holds it, the others are told so", async () => {
      const { store } = await build();
      const [owner, name] = [fresh(), fresh()];
      const all = Array.from({ length: racers }, () => note({ owner, name }));

      const done = await Promise.allSettled(
        all.map((one) => store.commit([put(notes, one)], [], "ada")),
      );

      const lost = done.flatMap((one): unknown[] =>
        one.status === "rejected" ? [one.reason] : [],
      );
      expect(lost).toHaveLength(racers - 1);
      for (const reason of lost) expect(reason).toMatchObject({ code: "sample.name_taken" });
      const winner = all[done.findIndex(({ status }) => status === "fulfilled")];
      expect(await store.byName(notes, `${owner}/${name}`)).toMatchObject({ id: winner?.id });
    });

    it("on records of their own: all are kept", async () => {
      const { store } = await build();
      const all = Array.from({ length: racers }, () => note());

      await Promise.all(all.map((one) => store.commit([put(notes, one)], [fact("made")], "ada")));

      for (const { id } of all) expect(await store.get(notes, id)).toMatchObject({ version: 1 });
    });
  });
}

const kept = async (store: Store) => {
  const made = note({ text: "0" });
  await store.commit([put(notes, made)], [], "ada");
  return made;
};
