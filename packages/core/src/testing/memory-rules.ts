import { maxChanges, Stale, TooManyChanges, type Change, type Key } from "../kit/index.ts";
import { expired, stepOf, textOf, type Item, type Step } from "./memory-item.ts";

/** What is kept: items by the text of their key, and the key of whoever holds a unique name. */
export interface Kept {
  readonly items: Map<string, Item>;
  readonly names: Map<string, Key>;
}

/** The item of a key, unless its time is over. */
export function alive(kept: Kept, key: Key | undefined, now: number): Item | undefined {
  const item = key && kept.items.get(textOf(key));
  return item && !expired(item, now) ? item : undefined;
}

/** The steps of a commit, once each is known to rest on what is kept; throws what refuses them. */
export function accepted(kept: Kept, changes: readonly Change[], now: number): readonly Step[] {
  if (changes.length > maxChanges) throw TooManyChanges({ count: changes.length });
  const steps = changes.map(stepOf);
  if (new Set(steps.map(({ key }) => textOf(key))).size < steps.length) {
    throw new Error("A commit changes the same record twice.");
  }
  for (const { type, key, before } of steps) {
    if (alive(kept, key, now)?.version !== before?.version) throw Stale({ type });
  }
  return steps;
}

/** Who holds which name once the steps are done: all names are given up before any is taken, so names can be swapped. */
export function renamed(
  kept: Kept,
  steps: readonly Step[],
  now: number,
): ReadonlyMap<string, Key | undefined> {
  const moved = new Map<string, Key | undefined>();
  const heldByOther = (name: string, key: Key) => {
    const holder = moved.has(name) ? moved.get(name) : alive(kept, kept.names.get(name), now)?.key;
    return holder !== undefined && textOf(holder) !== textOf(key);
  };
  for (const { name, key } of steps.flatMap((step) => namesOf(kept.items.get(textOf(step.key))))) {
    if (!heldByOther(name, key)) moved.set(name, undefined);
  }
  for (const { name, key, unique } of steps.flatMap(({ after }) => namesOf(after))) {
    if (heldByOther(name, key)) throw unique.taken();
    moved.set(name, key);
  }
  return moved;
}

const namesOf = (item: Item | undefined) =>
  item?.names.map((unique) => ({ unique, key: item.key, name: `${item.type}#${unique.name}` })) ??
  [];
