import { QueryCommand } from "@aws-sdk/lib-dynamodb";
import { placeOf, type IndexName, type Listed, type Page, type Position } from "@cassini/core/kit";
import * as z from "zod";
import { patiently, type Engine } from "./engine.ts";
import { isOver } from "./item.ts";

/** Which list of which type, and the moment (milliseconds) at which what is over does not show. */
export interface Where {
  readonly type: string;
  readonly index: IndexName;
  readonly partition: string;
  readonly now: number;
}

/** One way through a list: which way, from where, and whether the item before that place comes first. */
interface Way {
  readonly ascending: boolean;
  readonly prefix: string;
  readonly from: Position | undefined;
  readonly inclusive: boolean;
}

interface Row {
  readonly place: Position;
  readonly summary: unknown;
}

/**
 * A page and the places around it. A place is known by the item just before it in reading order: against that order a
 * reading starts with this very item. One item more than asked for tells whether the list goes on,
 * one item the other way whether anything lies behind.
 */
export async function list<S>(engine: Engine, where: Where, page: Page): Promise<Listed<S>> {
  const { size, from, backwards = false } = page;
  const [found, behind] = await Promise.all([
    take(engine, where, { way: wayOf(page, backwards), size: size + 1 }),
    from ? take(engine, where, { way: wayOf(page, !backwards), size: 1 }) : [],
  ]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- kept as the summary of an entity of this very type
  const items = found.slice(0, size).map(({ summary }) => summary as S);
  const near = behind.length > 0 ? from : undefined;
  const far = found.length > size ? found[backwards ? size : size - 1]?.place : undefined;
  return backwards
    ? { items: items.toReversed(), next: near, prev: far }
    : { items, next: far, prev: near };
}

/** The way on from a page's place, or the way back. */
const wayOf = ({ prefix = "", from, descending = false }: Page, backwards: boolean): Way => ({
  ascending: descending === backwards,
  prefix,
  from,
  inclusive: backwards,
});

/** How many items the following readings ask for, once the first was not enough. */
const further = 100;

/** The first items of a way that are of the type and not over. */
async function take(
  engine: Engine,
  where: Where,
  { way, size }: { way: Way; size: number },
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  let start: Record<string, unknown> | undefined = way.inclusive
    ? undefined
    : way.from && startAt(where.index, way.from);
  for (let limit = size; ; limit = Math.max(further, size - rows.length)) {
    const request = new QueryCommand({
      ...queryOf(engine.table, where, way),
      ExclusiveStartKey: start,
      Limit: limit,
    });
    const { Items, LastEvaluatedKey } = await patiently(engine, () => engine.client.send(request));
    rows.push(...(Items ?? []).flatMap((item) => rowOf(item, where)));
    if (rows.length >= size || !LastEvaluatedKey) return rows.slice(0, size);
    start = LastEvaluatedKey;
  }
}

const startAt = (index: IndexName, { key, index: place }: Position) => {
  const { pk, sk } = placeOf(index);
  return { ...key, [pk]: place.pk, [sk]: place.sk };
};

const Listable = z.looseObject({
  pk: z.string(),
  sk: z.string(),
  type: z.string(),
  ttl: z.number().optional(),
});

function rowOf(given: unknown, { type, index, partition, now }: Where): readonly Row[] {
  const item = Listable.parse(given);
  if (item.type !== type || isOver(item.ttl, now)) return [];
  const sk = z.string().parse(item[placeOf(index).sk]);
  return [
    {
      place: { key: { pk: item.pk, sk: item.sk }, index: { pk: partition, sk } },
      summary: item["summary"],
    },
  ];
}

function queryOf(table: string, { index, partition }: Where, way: Way) {
  const { pk, sk } = placeOf(index);
  const { low, high } = rangeOf(way);
  return {
    TableName: table,
    IndexName: index,
    ScanIndexForward: way.ascending,
    KeyConditionExpression: "#pk = :pk AND #sk BETWEEN :low AND :high",
    ExpressionAttributeNames: { "#pk": pk, "#sk": sk },
    ExpressionAttributeValues: { ":pk": partition, ":low": low, ":high": high },
  };
}

/** Below and above every text that anyone would write. */
const [lowest, highest] = ["\u0000", "\u{10FFFF}"];

/**
 * The part of the partition that a way leads through. By comparison alone: the `begins_with` of the embedded engine
 * (dynoxide 1.2.1) does not tell capitals from small letters.
 */
function rangeOf({ prefix, from, inclusive, ascending }: Way): { low: string; high: string } {
  const whole = { low: prefix === "" ? lowest : prefix, high: prefix + highest };
  if (!from || !inclusive) return whole;
  return ascending ? { ...whole, low: from.index.sk } : { ...whole, high: from.index.sk };
}
