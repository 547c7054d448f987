import * as z from "zod";

/** What is known of one field of a schema: as much as its JSON Schema says that a reader needs. */
const Field = z.object({
  type: z.string().optional(),
  format: z.string().optional(),
  pattern: z.string().optional(),
  enum: z.array(z.unknown()).optional(),
  const: z.unknown().optional(),
});
export type Field = z.infer<typeof Field>;

const Shape = z.object({
  properties: z.record(z.string(), Field).default({}),
  required: z.array(z.string()).default([]),
});

export interface Fields {
  readonly of: Readonly<Record<string, Field>>;
  readonly required: ReadonlySet<string>;
}

/** The fields of an object's schema, in their order. */
export function fieldsOf(schema: z.ZodType): Fields {
  const { properties, required } = Shape.parse(z.toJSONSchema(schema, { unrepresentable: "any" }));
  return { of: properties, required: new Set(required) };
}

/** The pattern of an id, as the kit declares it. */
const idPattern = "^[0-9a-f]{32}$";

export const isId = (field: Field): boolean => field.pattern === idPattern;
export const isTime = (field: Field): boolean => field.format === "date-time";
export const isNumber = (field: Field): boolean =>
  field.type === "integer" || field.type === "number";

/** The texts that a field may be, where they are few and known. */
export function optionsOf(field: Field): readonly string[] {
  const known = field.enum ?? (field.const === undefined ? [] : [field.const]);
  return known.map(String);
}

/** What a field holds, in a word. */
export function wordFor(field: Field): string {
  const options = optionsOf(field);
  if (options.length > 0) return options.join(" or ");
  if (isId(field)) return "id";
  if (isTime(field)) return "time";
  const words: Readonly<Record<string, string>> = {
    string: "text",
    integer: "whole number",
    array: "list",
  };
  return words[field.type ?? ""] ?? field.type ?? "anything";
}
