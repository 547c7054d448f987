import * as z from "zod";
import { complaint, InputInvalid, problemsOf, type Failure } from "../kit/index.ts";
import { nearest } from "./nearest.ts";
import { UnknownField } from "./schema.ts";

/**
 * What fits a strict schema. A field that is not known there fails with `recipe.unknown_field`, which names the most
 * similar one; with `dropUnknown` such fields are left out instead. Other misfits fail with `input.invalid`.
 */
export function strictly<T>(schema: z.ZodType<T>, value: unknown, dropUnknown: boolean): T {
  const parsed = schema.safeParse(value, { error: complaint });
  if (parsed.success) return parsed.data;
  const unknown = parsed.error.issues.filter((issue) => issue.code === "unrecognized_keys");
  const [first] = unknown;
  if (!first) throw InputInvalid({ problems: problemsOf(parsed.error) });
  if (!dropUnknown) throw refused(schema, first);
  const rest = unknown.reduce((kept: unknown, { path, keys }) => without(kept, path, keys), value);
  return strictly(schema, rest, dropUnknown);
}

type Unrecognized = z.core.$ZodIssueUnrecognizedKeys;

function refused(schema: z.ZodType, { path, keys }: Unrecognized): Failure {
  const field = keys[0] ?? "";
  const known = fieldsAt(z.toJSONSchema(schema, { io: "input", unrepresentable: "any" }), path);
  const like = nearest(field, known);
  const hint = like === undefined ? `Known are ${known.join(", ")}.` : `Did you mean \`${like}\`?`;
  return UnknownField({
    field: field.slice(0, 64),
    place: path.length === 0 ? "the document" : path.join("."),
    hint,
  });
}

type Shape = z.core.JSONSchema._JSONSchema;

/** The names of the fields that a schema knows at a place. */
function fieldsAt(schema: Shape, path: readonly PropertyKey[]): string[] {
  const places = path.reduce<Shape[]>(
    (at, step) => at.flatMap((shape) => inside(shape, step)),
    alternatives(schema),
  );
  return places.flatMap((place) =>
    typeof place === "object" ? Object.keys(place.properties ?? {}) : [],
  );
}

function inside(shape: Shape, step: PropertyKey): Shape[] {
  if (typeof shape !== "object") return [];
  const found =
    typeof step === "number"
      ? shape.items
      : (shape.properties?.[String(step)] ?? shape.additionalProperties);
  return found === undefined || Array.isArray(found) ? [] : alternatives(found);
}

const alternatives = (shape: Shape): Shape[] =>
  typeof shape === "object" && shape.anyOf ? shape.anyOf.flatMap(alternatives) : [shape];

/** A value without some fields of one of its parts. */
function without(
  value: unknown,
  [step, ...rest]: readonly PropertyKey[],
  keys: readonly string[],
): unknown {
  if (Array.isArray(value))
    return value.map((item: unknown, at) => (at === step ? without(item, rest, keys) : item));
  if (typeof value !== "object" || value === null) return value;
  const fields = Object.entries(value);
  if (step === undefined) return Object.fromEntries(fields.filter(([key]) => !keys.includes(key)));
  return Object.fromEntries(
    fields.map(([key, item]) => [key, key === step ? without(item, rest, keys) : item]),
  );
}
