import { put, remove, type Listed, type Page } from "../../kit/index.ts";
import {
  fresh,
  note,
  notes,
  there,
  type BuildStore,
  type Note,
  type StoreAtHand,
} from "./sample.ts";

export const named = (listed: Listed<{ name: string }>): string[] =>
  listed.items.map(({ name }) => name);

export const names = async ({ store }: StoreAtHand, owner: string, page: Page) =>
  named(await store.list(notes, "byOwner", owner, page));

export async function listOf(build: BuildStore, all: readonly string[]) {
  const hand = await build();
  const owner = fresh();
  await add(hand, owner, all);
  return { hand, owner };
}

export async function add({ store, settle }: StoreAtHand, owner: string, all: readonly string[]) {
  await store.commit(
    all.map((name) => put(notes, note({ owner, name }))),
    [],
    "ada",
  );
  await settle();
}

export async function drop({ store, settle }: StoreAtHand, owner: string, all: readonly string[]) {
  const found = await Promise.all(all.map((name) => store.byName(notes, `${owner}/${name}`)));
  await store.commit(
    found.map((one) => remove(notes, there(one))),
    [],
    "ada",
  );
  await settle();
}

export async function change(
  { store }: StoreAtHand,
  id: string,
  to: Partial<{ [K in keyof Note]: Note[K] | undefined }>,
) {
  const found = there(await store.get(notes, id));
  await store.commit([put(notes, notes.schema.parse({ ...found, ...to }), found)], [], "ada");
}
