import type * as z from "zod";

const kindsOfValue: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
  record: "an object",
};

const meansMissing: ReadonlySet<string> = new Set([
  "invalid_type",
  "invalid_value",
  "invalid_union",
]);

/** What is wrong with a value in a user's words, where the schema itself does not say it better. */
export function complaint(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.input === undefined && meansMissing.has(issue.code)) return "is missing";
  if (issue.code === "invalid_type")
    return `must be ${kindsOfValue[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value")
    return `must be one of ${issue.values.map(String).join(", ")}`;
  if (issue.code === "unrecognized_keys") return `has no field ${issue.keys.join(", ")}`;
  return undefined;
}
