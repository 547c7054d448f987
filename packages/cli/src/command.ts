import type { Client } from "@cassini/core/client";
import type { Io } from "./io.ts";
import type { Flags, Values } from "./line/flags.ts";
import type { Paper } from "./print/paper.ts";
import type { Found } from "./server/find.ts";

/** How replies are printed. */
export const formats = ["table", "json", "yaml"] as const;
export type Format = (typeof formats)[number];

/** What every command understands. */
export const everywhere = {
  json: { type: "boolean", about: "print the server's reply as it is" },
  output: {
    type: "string",
    short: "o",
    value: "table|json|yaml",
    about: "the form of what is printed",
  },
  "no-color": { type: "boolean", about: "no colours (or set NO_COLOR)" },
  help: { type: "boolean", short: "h", about: "explain this command" },
} as const satisfies Flags;

/** What a command has in its hands. */
export interface Asked<F extends Flags = Flags> {
  readonly words: readonly string[];
  readonly flags: Values<F>;
  readonly io: Io;
  /** The API of the server that is found when it is first asked. */
  readonly api: Client.Api;
  readonly server: () => Found;
  /** The standard output, and the standard error, as paper. */
  readonly paper: Paper;
  readonly aside: Paper;
  /** The form that was asked for; nothing where the command may choose. */
  readonly format: Format | undefined;
}

/** What comes of a command: the reply as it is, the text that tells it to a person, and how the process ends. */
export interface Outcome {
  readonly reply?: unknown;
  readonly text?: string;
  readonly exit?: number;
}

interface Declaration<F extends Flags> {
  readonly summary: string;
  /** Each way to write it, without `cassini`. */
  readonly usage: readonly string[];
  readonly about?: string;
  readonly examples: readonly (readonly [line: string, meaning: string])[];
  readonly flags?: F;
  run(asked: Asked<F>): Promise<Outcome>;
}

export interface Command extends Omit<Declaration<Flags>, "run"> {
  readonly flags: Flags;
  run(asked: Asked): Promise<Outcome>;
}

/** Declares a command. */
export function command<const F extends Flags = Record<never, never>>(of: Declaration<F>): Command {
  return {
    ...of,
    flags: of.flags ?? {},
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the line was read by these very flags
    run: (asked) => of.run({ ...asked, flags: asked.flags as Values<F> }),
  };
}
