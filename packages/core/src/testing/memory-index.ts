import type { IndexName, Key, Listed, Page, Position } from "../kit/index.ts";
import type { Clock } from "../world.ts";
import { expired, textOf, type Item, type Step } from "./memory-item.ts";
import { byCodePoint } from "./order.ts";

interface Where {
  readonly type: string;
  readonly index: IndexName;
  readonly partition: string;
}

/** The indexes: what they show of each record, and what they do not show yet. */
export interface MemoryIndex {
  follow(steps: readonly Step[]): void;
  settle(): void;
  list(where: Where, page: Page): Listed<unknown>;
}

interface Row {
  readonly item: Item;
  readonly index: Key;
}

/** Indexes that show each commit `lagSeconds` after it was made. */
export function memoryIndex(clock: Clock, lagSeconds: number): MemoryIndex {
  const shown = new Map<string, Item>();
  const late: { readonly due: number; readonly step: Step }[] = [];
  const show = ({ key, after }: Step) =>
    after ? shown.set(textOf(key), after) : shown.delete(textOf(key));
  const catchUp = (until: number) => {
    const due = late.findIndex((one) => one.due > until);
    for (const { step } of late.splice(0, due < 0 ? late.length : due)) show(step);
  };
  const rows = ({ type, index, partition }: Where, prefix = "") =>
    [...shown.values()]
      .filter((item) => item.type === type && !expired(item, clock.now()))
      .flatMap((item): Row[] => (item.indexes[index] ? [{ item, index: item.indexes[index] }] : []))
      .filter((row) => row.index.pk === partition && row.index.sk.startsWith(prefix))
      .toSorted((one, other) => inOrder(placeAfter(one), placeAfter(other)));
  return {
    follow(steps) {
      for (const step of steps) late.push({ due: clock.now() + lagSeconds * 1000, step });
    },
    settle: () => catchUp(Infinity),
    list(where, page) {
      catchUp(clock.now());
      const ascending = rows(where, page.prefix);
      return cut(page.descending ? ascending.toReversed() : ascending, page);
    },
  };
}

/** The part of a list that a page asks for, and the places around it. */
function cut(rows: readonly Row[], page: Page): Listed<unknown> {
  const { size, from, backwards } = page;
  const split = splitOf(rows, page);
  const [start, end] = backwards
    ? [Math.max(0, split - size), split]
    : [split, Math.min(split + size, rows.length)];
  const place = (index: number) => (index === split && from ? from : placeBefore(rows, index));
  return {
    items: rows.slice(start, end).map(({ item }): unknown => JSON.parse(item.summary)),
    next: end < rows.length ? place(end) : undefined,
    prev: start > 0 ? place(start) : undefined,
  };
}

/** How many items lie before the place that a page starts from. */
function splitOf(rows: readonly Row[], { from, descending, backwards }: Page): number {
  if (!from) return backwards ? rows.length : 0;
  const direction = descending ? -1 : 1;
  return rows.filter((row) => inOrder(placeAfter(row), from) * direction <= 0).length;
}

const placeAfter = ({ item, index }: Row): Position => ({ key: item.key, index });

function placeBefore(rows: readonly Row[], index: number): Position | undefined {
  const row = rows[index - 1];
  return row && placeAfter(row);
}

const inOrder = (one: Position, other: Position): number =>
  byCodePoint(one.index.sk, other.index.sk) ||
  byCodePoint(one.key.pk, other.key.pk) ||
  byCodePoint(one.key.sk, other.key.sk);
