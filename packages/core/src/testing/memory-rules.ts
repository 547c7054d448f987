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
export function renamed(kept: Kept, steps: readonly Step[], now: number): ReadonlyMap<string, Key | undefined> {
  const moved = new Map<string, Key | undefined>();
  const holder = (name: string) => (moved.has(name) ? moved.get(name) : alive(kept, kept.names.get(name), now)?.key);
  for (const { key } of steps) {
    const replaced = kept.items.get(textOf(key));
    for (const { name } of replaced?.names ?? []) {
      if (!heldByOther(holder(nameOf(replaced, name)), replaced)) moved.set(nameOf(replaced, name), undefined);
    }
  }
  for (const { after } of steps) {
    for (const unique of after?.names ?? []) {
      const name = nameOf(after, unique.name);
      if (heldByOther(holder(name), after)) throw unique.taken();
      moved.set(name, after?.key);
    }
  }
  return moved;
}

const heldByOther = (holder: Key | undefined, item: Item | undefined): boolean =>
  holder !== undefined && item !== undefined && textOf(holder) !== textOf(item.key);

const nameOf = (item: Item | undefined, name: string): string => `${item?.type}#${name}`;
