/** The known word that was probably meant: one that begins so, or differs in few letters. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const begun =
    word.length >= 2 ? known.find((candidate) => candidate.startsWith(word)) : undefined;
  if (begun !== undefined) return begun;
  const ranked = known.map((candidate) => ({
    candidate,
    changes: changesBetween(word, candidate),
  }));
  const best = ranked.toSorted((one, other) => one.changes - other.changes)[0];
  return best && best.changes <= Math.max(1, Math.floor(word.length / 3))
    ? best.candidate
    : undefined;
}

/** How many letters must be put in, taken out, changed or swapped with their neighbour. */
function changesBetween(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  const at = (row: number, column: number): number =>
    rows[row]?.[column] ?? Number.POSITIVE_INFINITY;
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    rows.push(line);
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      const swap = swapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY;
      line.push(
        Math.min(
          at(row - 1, column) + 1,
          at(row, column - 1) + 1,
          at(row - 1, column - 1) + (same ? 0 : 1),
          swap,
        ),
      );
    }
  }
  return at(one.length, other.length);
}
