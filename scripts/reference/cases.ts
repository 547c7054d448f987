import type { Fields } from "./field.ts";
import { code, oneOf } from "./markdown.ts";
import {
  absent,
  choicesOf,
  sample,
  sampled,
  type Choice,
  type Choices,
  type Sample,
} from "./sample.ts";

/** What a function of a record says, and of which records it says so. */
export interface Case {
  readonly said: readonly string[];
  readonly when: string;
}

interface Leaf {
  readonly said: readonly string[];
  readonly choices: Choices;
}

/** Makes a function of records speak for all of them: one case for each thing that it can say. Says nothing where it answers undefined. */
export function casesOf(
  fields: Fields,
  speak: (sample: Sample) => readonly string[] | undefined,
): readonly Case[] {
  const groups = Map.groupBy(leaves(fields, speak, new Map()), ({ said }) => said.join("\n"));
  return [...groups.values()].map((group) => ({
    said: group[0]?.said ?? [],
    when: conditionOf(
      fields,
      group.map(({ choices }) => choices),
    ),
  }));
}

/** Asks with every choice of each field that was looked at and can make a difference. */
function leaves(
  fields: Fields,
  speak: (sample: Sample) => readonly string[] | undefined,
  choices: Choices,
): readonly Leaf[] {
  const first = sample(fields, choices, 0);
  const said = speak(first);
  const open = [...first.asked].find(
    (name) => !choices.has(name) && choicesOf(fields, name).length > 1,
  );
  if (open !== undefined) {
    return choicesOf(fields, open).flatMap((choice) =>
      leaves(fields, speak, new Map([...choices, [open, choice]])),
    );
  }
  if (!said) return [];
  const others = seeds.map((seed) => speak(sample(fields, choices, seed)) ?? said);
  return [
    {
      said: said.map((text, at) => merged([text, ...others.map((other) => other[at] ?? text)])),
      choices,
    },
  ];
}

const seeds = Array.from({ length: 255 }, (_, at) => at + 1);

/** Texts that differ in a part which is computed, as one: the part shows its first and last value. */
function merged(texts: readonly string[]): string {
  const distinct = [...new Set(texts)].toSorted();
  const [low = "", high = low] = [distinct.at(0), distinct.at(-1)];
  if (low === high) return low;
  const start = same(low, high, (at) => at);
  const end = same(low, high, (at) => -1 - at);
  const middle = (text: string) => text.slice(start, text.length - end);
  return `${low.slice(0, start)}<${middle(low)}…${middle(high)}>${low.slice(low.length - end)}`;
}

/** How many characters two different texts share, counted from a side. */
function same(one: string, other: string, place: (at: number) => number): number {
  let at = 0;
  while (one.at(place(at)) === other.at(place(at))) at += 1;
  return at;
}

function conditionOf(fields: Fields, group: readonly Choices[]): string {
  const names = new Set(group.flatMap((choices) => [...choices.keys()]));
  const told = [...names].map((name) => {
    const chosen = [...new Set(group.map((choices) => choices.get(name) ?? sampled))];
    return chosen.length === choicesOf(fields, name).length ? "" : condition(name, chosen);
  });
  return told.filter((text) => text !== "").join(", ");
}

function condition(name: string, chosen: readonly Choice[]): string {
  if (chosen.includes(sampled)) return `with ${code(name)}`;
  if (chosen.includes(absent) && chosen.length === 1) return `without ${code(name)}`;
  return `${code(name)} is ${oneOf(chosen.map((choice) => (choice === absent ? "absent" : String(choice))))}`;
}
