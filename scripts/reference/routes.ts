import { routes } from "@cassini/core/app";
import type { Http } from "@cassini/core/http";
import { localRoutes } from "../../packages/local/src/local-routes.ts";
import { fieldsOf } from "./field.ts";
import { code, page, table } from "./markdown.ts";

const pageFields = ["next_key", "prev_key", "page_size", "descending"];
const ownerFields = ["owner", "owner_name", "owner_id", "user_id", "group_id", "org_id"];
const names = (fields: readonly string[]): string => fields.map(code).join(", ");

const lead = `What can be asked over HTTP. \`/api/openapi.json\` on a running server has the schemas of each.
What begins with \`/api/local\` is there on one machine alone.
Who: *token* is \`Authorization: Bearer <token>\`, *ticket* is what the agent of a task shows, *public* is anybody.
Values of the path win over those of the query and the body. In queries *page* stands for ${names(pageFields)}, *owner* for ${names(ownerFields)}.`;

/** Every route, by the noun that it begins with. */
export function routesPage(): string {
  const all: readonly Keyed[] = Object.entries({ ...routes, ...ofOneMachine });
  const groups = Map.groupBy(all, ([key]) => nounOf(key));
  const sorted = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return page(
    "Routes",
    lead,
    sorted.map(([noun, rows]) => section(noun, rows)),
  );
}

type Keyed = readonly [string, Http.Route];

/** Declared to be looked at: nobody asks these. */
const ofOneMachine = localRoutes({
  signIn: { issue: () => "", redeem: () => false },
  examine: () => Promise.reject(new Error("This route is only looked at.")),
});

const nounOf = (key: string): string => /^\w+ \/(?:api\/)?([^/]+)/.exec(key)?.[1] ?? "";

function section(noun: string, rows: readonly Keyed[]): string {
  const lines = rows.map(([key, route]) => [
    code(key),
    route.summary,
    queryOf(route),
    String(route.status),
    route.access,
  ]);
  return [`## ${noun}`, table(["request", "does", "query", "answers", "who"], lines)].join("\n\n");
}

/** The fields of a query, those that many share under one name. */
function queryOf({ query }: Http.Route): string {
  const fields = query === undefined ? [] : Object.keys(fieldsOf(query).of);
  const shared = [
    { name: "*page*", of: pageFields },
    { name: "*owner*", of: ownerFields },
  ].filter(({ of }) => of.every((field) => fields.includes(field)));
  const own = fields.filter((field) => !shared.some(({ of }) => of.includes(field)));
  return [...shared.map(({ name }) => name), ...own.map(code)].join(" ");
}
