import { parseArgs } from "node:util";
import { FlagNeedsValue, FlagTakesNoValue, FlagUnknown } from "../failure.ts";
import { nearest } from "./nearest.ts";

/** One flag of a command: a switch, or one that takes a text. */
export interface Flag {
  readonly type: "boolean" | "string";
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for its value in the help. */
  readonly value?: string;
  readonly about: string;
}
export type Flags = Readonly<Record<string, Flag>>;

/** The values of flags, typed by their declaration. */
export type Values<F extends Flags> = {
  readonly [Name in keyof F]?: F[Name] extends { type: "boolean" }
    ? boolean
    : F[Name] extends { multiple: true }
      ? string[]
      : string;
};

export interface Line<F extends Flags> {
  readonly words: readonly string[];
  readonly flags: Values<F>;
}

/** Reads a command's words and flags, in any order; after `--` everything is a word. Fails where a flag does not fit. */
export function readLine<F extends Flags>(
  flags: F,
  args: readonly string[],
  command: string,
): Line<F> {
  const options = { args: [...args], options: flags, allowPositionals: true } as const;
  for (const token of parseArgs({ ...options, strict: false, tokens: true }).tokens) {
    if (token.kind === "option") check(flags, token, command);
  }
  const { values, positionals } = parseArgs({ ...options, strict: true });
  return { words: positionals, flags: values };
}

interface Token {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
  readonly inlineValue?: boolean | undefined;
}

function check(
  flags: Flags,
  { name, rawName: flag, value, inlineValue }: Token,
  command: string,
): void {
  const known = flags[name];
  if (!known) throw FlagUnknown({ flag, command, nearest: nearest(flag, namesOf(flags)) });
  if (known.type === "boolean") {
    if (value !== undefined) throw FlagTakesNoValue({ flag });
  } else if (!value || (!inlineValue && isFlag(value))) {
    throw FlagNeedsValue({ flag, value: known.value ?? "TEXT" });
  }
}

/** A dash alone stands for the standard input. */
const isFlag = (text: string): boolean => text.startsWith("-") && text !== "-";

const namesOf = (flags: Flags): readonly string[] => Object.keys(flags).map((name) => `--${name}`);
