import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paperOf, type Paper } from "./paper.ts";
import { table, type Column } from "./table.ts";
import { fitted, printable, widthOf } from "./width.ts";

interface Row {
  readonly name: string;
  readonly size: number | null;
  readonly about: string;
}

const columns: readonly Column<Row>[] = [
  { title: "NAME", of: ({ name }) => name, whole: true },
  { title: "SIZE", of: ({ size }) => size, right: true },
  { title: "ABOUT", of: ({ about }) => about, tone: () => "green" },
];
const rows: readonly Row[] = [
  { name: "a", size: 5, about: "short" },
  { name: "a-longer-name", size: 1234, about: "many words that do not fit into a narrow terminal" },
  { name: "東京", size: null, about: "two\nlines and a \u001b[31mcolour" },
];

function paper(width: number | undefined, env: Record<string, string> = { NO_COLOR: "1" }): Paper {
  const writer = { write: async () => {}, isTerminal: width !== undefined, columns: width ?? 0 };
  return paperOf(writer, { env, now: () => 0 }, { color: true });
}

describe("a table", () => {
  it("is as wide as it likes in a file", () => {
    expect(table(columns, rows, paper(undefined))).toBe(`NAME           SIZE  ABOUT
a                 5  short
a-longer-name  1234  many words that do not fit into a narrow terminal
東京              -  two lines and a \ufffd[31mcolour
`);
  });

  it("gives way in its widest column on a terminal, never in a name", () => {
    expect(table(columns, rows, paper(40))).toBe(`NAME           SIZE  ABOUT
a                 5  short
a-longer-name  1234  many words that do…
東京              -  two lines and a \ufffd[…
`);
  });

  it("colours what has a colour on a terminal, and nothing where NO_COLOR or a file says so", () => {
    const [row] = rows;
    const shown = (on: Paper) => table(columns, row ? [row] : [], on);
    expect(shown(paper(80, {}))).toContain("\u001b[32mshort\u001b[39m");
    expect(shown(paper(80, { NO_COLOR: "1" }))).not.toContain("\u001b");
    expect(shown(paper(80, { TERM: "dumb" }))).not.toContain("\u001b");
    expect(shown(paper(undefined, {}))).not.toContain("\u001b");
  });

  it("fits any terminal that has room for its names, whatever stands in it", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 60 });
    const row = fc.record({
      name: fc.stringMatching(/^[a-z]{1,20}$/),
      size: fc.nat(),
      about: text,
    });
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 5 }),
        fc.integer({ min: 46, max: 200 }),
        (some, width) => {
          const lines = table(columns, some, paper(width)).split("\n");
          expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe("a text that is cut", () => {
  it("never takes more places than there are", () => {
    const text = fc.string({ unit: "grapheme" });
    fc.assert(
      fc.property(text, fc.nat(40), (any, places) => {
        expect(widthOf(fitted(printable(any), places))).toBeLessThanOrEqual(places);
      }),
    );
  });
});
