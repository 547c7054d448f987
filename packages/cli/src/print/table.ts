import type { Paper, Tone } from "./paper.ts";
import { fitted, printable, widthOf } from "./width.ts";

export interface Column<Row> {
  readonly title: string;
  readonly of: (row: Row) => string | number | null | undefined;
  readonly right?: boolean;
  /** Never cut: names are there to be copied, and times are nothing when cut. */
  readonly whole?: boolean;
  readonly tone?: (row: Row) => Tone | undefined;
}

const gap = "  ";
const narrowest = 6;

/** Rows under titles, aligned; on a terminal the widest columns give way until a line fits. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  paper: Paper,
): string {
  const cells = rows.map((row) => columns.map(({ of }) => printable(String(of(row) ?? "-"))));
  const natural = columns.map(({ title }, at) =>
    Math.max(widthOf(title), ...cells.map((line) => widthOf(line[at] ?? ""))),
  );
  const widths = narrowed(columns, natural, paper.columns);
  const line = (texts: readonly string[], tone: (at: number) => Tone | undefined): string => {
    const laid = texts.map((text, at) =>
      place(text, {
        width: widths[at] ?? 0,
        right: columns[at]?.right === true,
        paper,
        tone: tone(at),
      }),
    );
    return laid.join(gap).trimEnd();
  };
  const head = line(
    columns.map(({ title }) => title),
    () => "dim",
  );
  const body = cells.map((texts, number) => line(texts, (at) => toneAt(columns[at], rows[number])));
  return [head, ...body].map((text) => `${text}\n`).join("");
}

/** Names with their values, one to a line. */
export function card(
  pairs: readonly (readonly [name: string, value: string | number | null | undefined])[],
  paper: Paper,
): string {
  const width = Math.max(...pairs.map(([name]) => widthOf(name)));
  const room =
    paper.columns === undefined
      ? Number.POSITIVE_INFINITY
      : Math.max(narrowest, paper.columns - width - gap.length);
  const line = ([name, value]: (typeof pairs)[number]): string =>
    `${paper.tone("dim", name.padEnd(width))}${gap}${fitted(printable(String(value ?? "-")), room)}`;
  return pairs.map((pair) => `${line(pair).trimEnd()}\n`).join("");
}

const toneAt = <Row>(column: Column<Row> | undefined, row: Row | undefined): Tone | undefined =>
  row === undefined ? undefined : column?.tone?.(row);

function place(
  text: string,
  of: { width: number; right: boolean; paper: Paper; tone: Tone | undefined },
): string {
  const kept = fitted(text, of.width);
  const space = " ".repeat(Math.max(0, of.width - widthOf(kept)));
  const shown = of.paper.tone(of.tone, kept);
  return of.right ? space + shown : shown + space;
}

function narrowed<Row>(
  columns: readonly Column<Row>[],
  natural: readonly number[],
  room: number | undefined,
): readonly number[] {
  const widths = [...natural];
  const total = () =>
    widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
  while (room !== undefined && total() > room) {
    const yielding = widths.map((width, at) => (columns[at]?.whole ? 0 : width));
    const widest = Math.max(...yielding);
    if (widest <= narrowest) break;
    widths[yielding.indexOf(widest)] = widest - 1;
  }
  return widths;
}
