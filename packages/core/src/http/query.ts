import * as z from "zod";

/** True or false in a query, as each of the clients writes it. */
export const flag = z
  .stringbool({
    truthy: ["true", "True", "1"],
    falsy: ["false", "False", "0"],
    case: "sensitive",
    error: "must be true or false",
  })
  .meta({ type: "boolean" });

/** A query as an object: of a name given twice the last value, and an empty value is none. */
export const valuesOf = (query: URLSearchParams): Readonly<Record<string, string>> =>
  Object.fromEntries([...query].filter(([, value]) => value !== ""));
