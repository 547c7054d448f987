import { reactions } from "@cassini/core/app";
import { events } from "@cassini/core/kit";
import type * as z from "zod";
import { fieldsOf, wordFor } from "./field.ts";
import { code, page, table } from "./markdown.ts";

const lead = `A fact is kept in the same commit as the change that it tells of, and delivered at least once, so every reaction is safe to repeat.
Fields are only ever added. Each fact travels in an envelope: \`id\` (the same at every delivery), \`name\`, \`at\`, \`actor\`, \`data\`.`;

/** The events, what they carry, and who reacts. */
export function eventsPage(): string {
  const rows = events().map(({ event, schema }) => [code(event), carried(schema), reacting(event)]);
  return page("Events", lead, [table(["event", "carries", "reactions"], rows)]);
}

function carried(schema: z.ZodType): string {
  const { of, required } = fieldsOf(schema);
  const told = Object.entries(of).map(
    ([name, field]) => `${code(name)} ${wordFor(field)}${required.has(name) ? "" : ", if any"}`,
  );
  return told.join("; ");
}

const reacting = (event: string): string =>
  Object.entries(reactions)
    .filter(([, reaction]) => reaction.on === event)
    .map(([name]) => code(name))
    .join(", ");
