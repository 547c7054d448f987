import { indexNames, type IndexName, type Key } from "./entity.ts";

/** The attributes that hold a record's place in an index. */
export const placeOf = (index: IndexName) => ({ pk: `${index}_pk`, sk: `${index}_sk` }) as const;

/** The one table, as data for both runtimes: all keys are texts, all indexes sparse, and `ttl` is in epoch seconds. */
export const tableDefinition = {
  key: { pk: "pk", sk: "sk" },
  timeToLive: "ttl",
  indexes: indexNames.map((name) => ({
    name,
    key: placeOf(name),
    include: ["summary", "type", "version", "ttl"],
  })),
} as const satisfies TableDefinition;

export interface TableDefinition {
  readonly key: Key;
  readonly timeToLive: string;
  readonly indexes: readonly {
    readonly name: IndexName;
    readonly key: Key;
    readonly include: readonly string[];
  }[];
}
