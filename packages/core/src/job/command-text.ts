import * as z from "zod";
import type { Spec } from "./schema.ts";

const Commands = z.array(z.string().min(1)).min(1);

/** A command as one text: a list is written as the JSON text of it. */
export const commandText = (command: Spec["command"]): string =>
  typeof command === "string" ? command : JSON.stringify(command);

/** The command behind `commandText`: a text that is the JSON of a list of texts is that list, any other is for the shell. */
export function commandFrom(text: string): Spec["command"] {
  if (!text.trimStart().startsWith("[")) return text;
  try {
    const list = Commands.safeParse(JSON.parse(text));
    return list.success ? list.data : text;
  } catch {
    // The shell has a command `[`, too.
    return text;
  }
}
