import {
  everywhere,
  formats,
  type Asked,
  type Command,
  type Format,
  type Outcome,
} from "./command.ts";
import { commands } from "./commands.ts";
import { explain } from "./explain.ts";
import { CommandUnknown, FlagUnfit } from "./failure.ts";
import type { Io } from "./io.ts";
import { readLine, type Values } from "./line/flags.ts";
import { nearest } from "./line/nearest.ts";
import { paperOf } from "./print/paper.ts";
import { yamlOf } from "./print/yaml.ts";
import { ask } from "./server/ask.ts";
import { findServer } from "./server/find.ts";

/** Does what a command line asks, and returns what the process is to end with. */
export async function main(args: readonly string[], io: Io): Promise<number> {
  try {
    const { name, rest } = split(args);
    const command = commands[name];
    if (!command)
      throw CommandUnknown({ word: name, nearest: nearest(name, Object.keys(commands)) });
    return await perform({ name, command, rest }, io);
  } catch (error) {
    return explain(error, io, { isJson: args.includes("--json") });
  }
}

async function perform(
  { name, command, rest }: { name: string; command: Command; rest: readonly string[] },
  io: Io,
): Promise<number> {
  const { words, flags } = readLine({ ...command.flags, ...everywhere }, rest, name);
  const format = formatOf(flags);
  const outcome = await command.run({
    words,
    flags,
    format,
    ...surroundings(io, flags["no-color"] !== true),
  });
  await io.stdout.write(await textOf(outcome, format));
  return outcome.exit ?? 0;
}

interface Split {
  readonly name: string;
  readonly rest: readonly string[];
}

/** The command's name, wherever the flags that all of them share stand; `--help` before or after it asks for its manual. */
function split(args: readonly string[]): Split {
  const line = args.includes("--") ? args.slice(0, args.indexOf("--")) : args;
  const at = line.findIndex((arg, index) => !arg.startsWith("-") && !isOutput(line[index - 1]));
  const name = line[at];
  if (line.includes("--help") || line.includes("-h")) return manualOf(name);
  if (name !== undefined) return { name, rest: args.filter((_, index) => index !== at) };
  return line.includes("--version") ? { name: "version", rest: [] } : { name: "help", rest: args };
}

const isOutput = (flag: string | undefined): boolean => flag === "-o" || flag === "--output";

const manualOf = (name: string | undefined): Split => ({
  name: "help",
  rest: name === undefined || name === "help" ? [] : [name],
});

function formatOf(flags: Values<typeof everywhere>): Format | undefined {
  if (flags.json) return "json";
  const asked = flags.output;
  const format = formats.find((known) => known === asked);
  if (asked !== undefined && !format)
    throw FlagUnfit({ flag: "-o", value: asked, known: formats.join(", ") });
  return format;
}

/** What a command finds around it; the server is looked for when it is first asked. */
function surroundings(io: Io, color: boolean): Omit<Asked, "words" | "flags" | "format"> {
  let known: ReturnType<typeof findServer> | undefined;
  let api: Asked["api"] | undefined;
  const server = () => (known ??= findServer(io));
  return {
    io,
    server,
    api: async (name, input, options) => (api ??= ask(server(), io))(name, input, options),
    paper: paperOf(io.stdout, io, { color }),
    aside: paperOf(io.stderr, io, { color }),
  };
}

async function textOf({ reply, text = "" }: Outcome, format: Format | undefined): Promise<string> {
  if (reply === undefined) return text;
  if (format === "json") return `${JSON.stringify(reply, undefined, 2)}\n`;
  return format === "yaml" ? yamlOf(reply) : text;
}
