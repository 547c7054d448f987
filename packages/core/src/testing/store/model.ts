import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codeOf, put, remove, type Change, type Store, type Stored } from "../../kit/index.ts";
import { fresh, note, notes, type BuildStore, type Note } from "./sample.ts";

/** One thing that a commit of the property asks for: which record, and the names that it is to have; none removes it. */
interface Wish {
  readonly record: number;
  readonly names: readonly string[];
}

const wish = fc.record({
  record: fc.nat(3),
  names: fc.uniqueArray(fc.constantFrom("a", "ä", "😀"), { maxLength: 2 }),
});
const commits = fc.array(
  fc.uniqueArray(wish, { minLength: 1, maxLength: 3, selector: ({ record }) => record }),
  { maxLength: 12 },
);

/** Whatever is committed, the store holds and refuses what the few lines of the model say. */
export function modelSpec(build: BuildStore, runs: number): void {
  describe("any history of commits", () => {
    it("leaves what a list of records and names would hold", async () => {
      await fc.assert(
        fc.asyncProperty(commits, async (history) => {
          const hand = await build();
          const ids = [fresh(), fresh(), fresh(), fresh()];
          const owner = fresh();
          let model: Model = new Map();
          for (const wishes of history) {
            const expected = after(model, wishes);
            const outcome = await commit(hand.store, owner, { ids, wishes });
            expect(outcome).toBe(expected ? "kept" : "sample.name_taken");
            model = expected ?? model;
            expect(await holders(hand.store, owner, ids)).toEqual(held(model));
          }
          await hand.settle();
          const listed = await hand.store.list(notes, "byOwner", owner, { size: 10 });
          expect(new Set(listed.items.map(({ id }) => ids.indexOf(id)))).toEqual(
            new Set(model.keys()),
          );
        }),
        { numRuns: runs },
      );
    });
  });
}

/** The names of each record that is there. */
type Model = ReadonlyMap<number, readonly string[]>;

/** The model after the wishes; undefined where two records would share a name. */
function after(model: Model, wishes: readonly Wish[]): Model | undefined {
  const next = new Map(model);
  for (const { record } of wishes) next.delete(record);
  for (const { record, names } of wishes.filter((one) => one.names.length > 0))
    next.set(record, names);
  const all = [...next.values()].flat();
  return new Set(all).size < all.length ? undefined : next;
}

const held = (model: Model): Record<string, number> =>
  Object.fromEntries([...model].flatMap(([record, names]) => names.map((name) => [name, record])));

async function commit(
  store: Store,
  owner: string,
  { ids, wishes }: { ids: readonly string[]; wishes: readonly Wish[] },
): Promise<string> {
  const changes = await Promise.all(
    wishes.map(async ({ record, names: [name, ...aliases] }) => {
      const found = await store.get(notes, ids[record] ?? "");
      return name === undefined
        ? gone(found)
        : [put(notes, note({ id: ids[record] ?? "", owner, name, aliases }), found)];
    }),
  );
  try {
    await store.commit(changes.flat(), [], "ada");
    return "kept";
  } catch (error) {
    return codeOf(error) ?? String(error);
  }
}

const gone = (found: Stored<Note> | undefined): readonly Change[] =>
  found ? [remove(notes, found)] : [];

async function holders(
  store: Store,
  owner: string,
  ids: readonly string[],
): Promise<Record<string, number>> {
  const found = await Promise.all(
    ["a", "ä", "😀"].map(
      async (name) => [name, await store.byName(notes, `${owner}/${name}`)] as const,
    ),
  );
  return Object.fromEntries(
    found.flatMap(([name, holder]) => (holder ? [[name, ids.indexOf(holder.id)]] : [])),
  );
}
