import { everywhere, type Command } from "../command.ts";
import { wrapped } from "../print/width.ts";
import type { Flag, Flags } from "./flags.ts";

export type Commands = Readonly<Record<string, Command>>;

/** What `cassini help` says: the way from nothing to a run, then everything there is. */
export function overview(commands: Commands): string {
  return `cassini runs jobs on machines that are yours.

From nothing to a run:
${pairs([
  ["npm start", "a server here; leave it running"],
  ["cassini apply -f examples/hello.yaml", "make the job that a file describes"],
  ["cassini start hello --follow", "run it and watch"],
  ["cassini logs hello", "read again what it wrote"],
])}
Commands:
${pairs(Object.entries(commands).map(([name, { summary }]) => [name, summary]))}
Everywhere:
${pairs(flagPairs(everywhere))}
${wrapped("The server is that of CASSINI_URL and CASSINI_TOKEN (or SATURN_BASE_URL and SATURN_TOKEN), else the one you signed in to, else the one whose .cassini folder lies here or above.")}
${wrapped("It ends with 0 when all went well, 1 when a followed run failed or was stopped or something broke, 2 when what was asked does not fit, 3 when you may not, 4 when there is no such thing, 5 when it was changed or is in the way, 75 when it may work later, and 130 after Ctrl-C.")}
\`cassini help COMMAND\` explains one command with examples.
`;
}

/** What `cassini help NAME` says of one command. */
export function manual(name: string, { summary, usage, about, examples, flags }: Command): string {
  const parts = [
    `cassini ${name}: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}.\n`,
    usage.map((line) => `  cassini ${line}\n`).join(""),
    about === undefined ? "" : wrapped(about),
    `Examples:\n${examples.map(([line, meaning]) => `  ${line}\n      ${meaning}\n`).join("")}`,
    Object.keys(flags).length === 0 ? "" : `Flags:\n${pairs(flagPairs(flags))}`,
  ];
  return parts.filter((part) => part !== "").join("\n");
}

const flagPairs = (flags: Flags): readonly (readonly [string, string])[] =>
  Object.entries(flags).map(([name, flag]) => [written(name, flag), flag.about]);

const written = (name: string, { short, value }: Flag): string =>
  `${short === undefined ? "" : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;

function pairs(lines: readonly (readonly [string, string])[]): string {
  const width = Math.max(...lines.map(([left]) => left.length));
  return lines.map(([left, right]) => `  ${left.padEnd(width)}   ${right}\n`).join("");
}
