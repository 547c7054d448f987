import { WordsUnfit } from "../failure.ts";

export interface Target {
  readonly kind: string;
  readonly name: string;
}

interface Expected {
  readonly kinds: readonly string[];
  /** The kind where only a name is said. */
  readonly usual?: string;
  readonly usage: string;
}

/**
 * What `start job NAME` is about. The kind may be left out where one is the usual one, and may be in the plural.
 * Fails with a sentence that shows how to write it.
 */
export function targetOf(words: readonly string[], of: Expected): Target {
  const [first = "", second] = words;
  const kind = of.kinds.find((known) => first === known || first === `${known}s`);
  atMost(words, 2, of.usage);
  if (second !== undefined) {
    if (kind !== undefined) return { kind, name: second };
    throw unfit(`\`${first}\` is none of ${of.kinds.join(", ")}.`, of.usage);
  }
  if (kind !== undefined || first === "") throw unfit("The name is missing.", of.usage);
  if (of.usual === undefined) throw unfit(`Is \`${first}\` a ${of.kinds.join(" or ")}?`, of.usage);
  return { kind: of.usual, name: first };
}

/** At most `most` words; fails with a sentence that shows how to write it. */
export function atMost(words: readonly string[], most: number, usage: string): void {
  if (words.length <= most) return;
  throw unfit(`\`${words.slice(most).join(" ")}\` is too much.`, usage);
}

const unfit = (problem: string, usage: string) =>
  WordsUnfit({ problem, usage: `cassini ${usage}` });
