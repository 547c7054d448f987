/** One measured figure: what, how much, in which unit; `floor` and `peer` say what it is held against in the same run. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly note?: string;
}

/** The value below which `share` of the samples lie, by the nearest rank. */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** p50 and p95 of samples in milliseconds. */
export const spread = (what: string, samples: readonly number[], note = ""): Figure[] => [
  { what: `${what}, p50`, value: percentile(samples, 0.5), unit: "ms", note },
  { what: `${what}, p95`, value: percentile(samples, 0.95), unit: "ms", note },
];

/** Milliseconds that something took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The figures as lines of a table. */
export function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, value, unit, note = "" }) => [
    what,
    rounded(value),
    unit,
    note,
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  );
  return rows
    .map(([what = "", value = "", unit = "", note = ""]) =>
      `  ${what.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)} ${unit.padEnd(widths[2] ?? 0)}  ${note}`.trimEnd(),
    )
    .join("\n");
}

const rounded = (value: number): string =>
  Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3);
