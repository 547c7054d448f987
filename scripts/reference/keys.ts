import { entities, indexNames, type AnyEntity, type Key } from "@cassini/core/kit";
import { casesOf, type Case } from "./cases.ts";
import { fieldsOf, type Fields } from "./field.ts";
import { code, page, table } from "./markdown.ts";
import type { Sample } from "./sample.ts";

const lead = `One table keeps every noun. \`<field>\` stands for a field's value, \`<a…b>\` for what is computed from one.
An index holds only what names a place in it, and may lag. A name is held by a guard item of its own, so that the second comer gets the failure; the record is found by it at once.`;

/** Where each noun's records lie: key, lists, names, life time. */
export function keysPage(): string {
  const sorted = entities().toSorted((a, b) => (a.type < b.type ? -1 : 1));
  return page("Keys", lead, sorted.map(section));
}

type Row = readonly [place: string, partition: string, sort: string, when: string];

function section(entity: AnyEntity): string {
  const fields = fieldsOf(entity.schema);
  const rows = [...own(entity, fields), ...lists(entity, fields), ...names(entity, fields)];
  const title = `## ${entity.type}`;
  return [title, lifeOf(entity, fields), table(["place", "partition", "sort", "when"], rows)].join(
    "\n\n",
  );
}

const own = (entity: AnyEntity, fields: Fields): readonly Row[] =>
  casesOf(fields, (sample) => told(sample, entity.key(entity.idOf(sample.record)))).map((of) =>
    placed("record", of),
  );

const lists = (entity: AnyEntity, fields: Fields): readonly Row[] =>
  indexNames.flatMap((index) =>
    casesOf(fields, (sample) => told(sample, entity.indexes[index]?.(sample.record))).map((of) =>
      placed(index, of),
    ),
  );

const told = (sample: Sample, key: Key | undefined): readonly string[] | undefined =>
  key && [sample.named(key.pk), sample.named(key.sk)];

const placed = (place: string, { said, when }: Case): Row => [
  place,
  code(said[0] ?? ""),
  code(said[1] ?? ""),
  when,
];

function names(entity: AnyEntity, fields: Fields): readonly Row[] {
  const cases = casesOf(fields, (sample) =>
    entity.unique(sample.record).flatMap(({ name, taken }) => [sample.named(name), taken().code]),
  );
  return cases.flatMap(({ said, when }) =>
    said.flatMap((text, at) =>
      at % 2 === 0 ? [["name", code(text), "", failing(said[at + 1] ?? "", when)] as const] : [],
    ),
  );
}

const failing = (failure: string, when: string): string =>
  [when, `taken: ${code(failure)}`].filter((text) => text !== "").join("; ");

function lifeOf(entity: AnyEntity, fields: Fields): string {
  const ends = casesOf(fields, (sample) => {
    const seconds = entity.expires(sample.record);
    return seconds === undefined ? undefined : [sample.namedMoment(seconds)];
  });
  if (ends.length === 0) return "Stays until it is removed.";
  return ends
    .map(
      ({ said, when }) => `May vanish from ${said[0] ?? ""} on${when === "" ? "" : ` (${when})`}.`,
    )
    .join(" ");
}
