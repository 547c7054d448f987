/** The word that is most like the given one, if any is at all: two letters may differ, and of a long word one in three. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({
      candidate,
      distance: distanceOf(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .toSorted((one, other) => one.distance - other.distance);
  const best = ranked[0];
  const most = Math.min(word.length - 1, Math.max(2, Math.floor(word.length / 3)));
  return best && best.distance <= most ? best.candidate : undefined;
}

/** How many letters have to be added, removed or replaced to make one word of the other. */
function distanceOf(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [row, letter] of Array.from(one).entries()) {
    const line = [row + 1];
    for (const [column, counterpart] of Array.from(other).entries()) {
      const replaced = (above[column] ?? 0) + (letter === counterpart ? 0 : 1);
      line.push(Math.min(replaced, (above[column + 1] ?? 0) + 1, (line[column] ?? 0) + 1));
    }
    above = line;
  }
  return above.at(-1) ?? 0;
}
