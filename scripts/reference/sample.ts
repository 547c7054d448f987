import { isId, isNumber, isTime, optionsOf, type Field, type Fields } from "./field.ts";

/** What a field is taken to be: a text of its own that can be found again, one of its options, or nothing at all. */
export const absent = Symbol("absent");
export const sampled = Symbol("sampled");
export type Choice = string | boolean | typeof absent | typeof sampled;
export type Choices = ReadonlyMap<string, Choice>;

/** A record for functions that only look at it, with the fields that they looked at. */
export interface Sample {
  readonly record: object;
  readonly asked: ReadonlySet<string>;
  /** A text made of the record's values, with each value's name in its place. */
  named(text: string): string;
  /** A moment in epoch seconds, told by the time field that it was computed from. */
  namedMoment(seconds: number): string;
}

/** `seed`, from 0 to 255, shows in the first two digits of each id, so that what is derived from an id varies. */
export function sample(fields: Fields, choices: Choices, seed: number): Sample {
  const asked = new Set<string>();
  const names = Object.keys(fields.of);
  const valueOf = (name: string) =>
    value(fields.of[name] ?? {}, name, { place: names.indexOf(name), seed });
  const get = (_: object, key: string | symbol): unknown => {
    const name = String(key);
    asked.add(name);
    const choice = choices.get(name) ?? sampled;
    if (choice === absent) return undefined;
    return choice === sampled ? valueOf(name) : choice;
  };
  return {
    record: new Proxy({}, { get }),
    asked,
    named: (text) => names.reduce((told, name) => found(told, name, valueOf(name)), text),
    namedMoment: (seconds) =>
      momentOf(
        seconds,
        names.filter((name) => isTime(fields.of[name] ?? {})),
        valueOf,
      ),
  };
}

/** What a field can be that may make a difference to a function that asks for it. */
export function choicesOf({ of, required }: Fields, name: string): readonly Choice[] {
  const field = of[name] ?? {};
  const options: readonly Choice[] = field.type === "boolean" ? [true, false] : optionsOf(field);
  const present: readonly Choice[] = options.length > 0 ? options : [sampled];
  return required.has(name) || !(name in of) ? present : [...present, absent];
}

function value(
  field: Field,
  name: string,
  { place, seed }: { place: number; seed: number },
): string | number {
  const hex = (number: number) => number.toString(16).padStart(2, "0");
  if (isId(field)) return `${hex(seed)}${"5a".repeat(14)}${hex(place)}`;
  if (isTime(field)) return `${2010 + 10 * place}-01-02T03:04:05.000Z`;
  if (isNumber(field)) return 4100 + place;
  return `<${name}>`;
}

function found(text: string, name: string, was: string | number): string {
  const shape = typeof was === "number" ? new RegExp(`0*${was}`, "g") : was;
  return text.replaceAll(shape, `<${name}>`);
}

/** The samples of times lie ten years apart, so the nearest is the one that a moment was computed from. */
function momentOf(
  seconds: number,
  names: readonly string[],
  valueOf: (name: string) => string | number,
): string {
  const distances = names.map((name) => ({
    name,
    after: seconds - Date.parse(String(valueOf(name))) / 1000,
  }));
  const [nearest] = distances.toSorted((a, b) => Math.abs(a.after) - Math.abs(b.after));
  if (!nearest) return "a fixed moment";
  return nearest.after === 0
    ? `\`${nearest.name}\``
    : `${nearest.after / 3600} hours after \`${nearest.name}\``;
}
