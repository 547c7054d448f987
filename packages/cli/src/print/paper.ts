import type { Io, Writer } from "../io.ts";
import { ago } from "./time.ts";

const codes = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;
export type Tone = keyof typeof codes;

/** How text is laid out for one reader: a person at a terminal, or a file. */
export interface Paper {
  /** How wide a line may be; nothing where lines may be as long as they like. */
  readonly columns: number | undefined;
  tone(tone: Tone | undefined, text: string): string;
  /** A moment: how long ago for a person, else as it is. */
  time(time: string | null | undefined): string;
}

/** The paper that a writer is. Colours follow NO_COLOR and the flag, and are for terminals only. */
export function paperOf(
  writer: Writer,
  io: Pick<Io, "env" | "now">,
  options: { color: boolean },
): Paper {
  const colored =
    options.color && writer.isTerminal && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb";
  return {
    columns: writer.isTerminal ? writer.columns : undefined,
    tone: (tone, text) =>
      tone && colored ? `\x1b[${codes[tone][0]}m${text}\x1b[${codes[tone][1]}m` : text,
    time: (time) => (!time ? "-" : writer.isTerminal ? ago(time, io.now()) : time),
  };
}

const tones: Readonly<Record<string, Tone>> = {
  completed: "green",
  succeeded: "green",
  created: "green",
  updated: "yellow",
  running: "cyan",
  pending: "yellow",
  stopping: "yellow",
  error: "red",
  failed: "red",
};

/** The colour of a state. */
export const toneOf = (state: string): Tone | undefined => tones[state];
