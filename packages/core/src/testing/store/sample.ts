import * as z from "zod";
import { entity, failure, timeOf, type Envelope, type Fact, type Store } from "../../kit/index.ts";

/** A store to be tested, and what its test needs beside it. */
export interface StoreAtHand {
  readonly store: Store;
  /** The events that were kept, in order of their ids. */
  events(): Promise<readonly Envelope[]>;
  /** Ends once the indexes show every commit so far. */
  settle(): Promise<void>;
  /** Moves the store's clock on. */
  wait(seconds: number): Promise<void>;
  /** The store's clock, in milliseconds since 1970. */
  now(): number;
}

/** Makes a store for one test. Others may work in the same table: the tests meet only what they made themselves. */
export type BuildStore = () => Promise<StoreAtHand>;

export const NameTaken = failure<{ name: string }>(
  "conflict",
  "sample.name_taken",
  ({ name }) => `There is a note ${name} already.`,
);

export const Note = z.object({
  id: z.string(),
  owner: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  text: z.string(),
  /** What the note stands under; notes of their own stand under nothing. */
  topic: z.string().optional(),
  open: z.boolean(),
  details: z.record(z.string(), z.unknown()),
  until: z.string().optional(),
});
export type Note = z.infer<typeof Note>;

/** A noun with everything that a noun can tell the store. */
export const notes = entity({
  type: "sample_note",
  schema: Note,
  key: (id: string) => ({ pk: `sample#${id}`, sk: "note" }),
  idOf: (note) => note.id,
  indexes: {
    byOwner: (note) => ({ pk: note.owner, sk: `${note.name}#note` }),
    byParent: (note) => (note.topic === undefined ? undefined : { pk: note.topic, sk: note.name }),
    byActivity: (note) => (note.open ? { pk: `${note.owner}#open`, sk: note.id } : undefined),
  },
  unique: (note) =>
    [note.name, ...note.aliases].map((name) => ({
      name: `${note.owner}/${name}`,
      taken: () => NameTaken({ name }),
    })),
  summary: ({ id, name }) => ({ id, name }),
  expires: ({ until }) => (until === undefined ? undefined : Math.ceil(Date.parse(until) / 1000)),
});

export const Remark = z.object({
  note: z.string(),
  number: z.int(),
  owner: z.string(),
  text: z.string(),
});
export type Remark = z.infer<typeof Remark>;

/** A noun that shares the partition of its note, and whose lists show all of it. */
export const remarks = entity({
  type: "sample_remark",
  schema: Remark,
  key: ({ note, number }: { note: string; number: number }) => ({
    pk: `sample#${note}`,
    sk: `remark#${number}`,
  }),
  idOf: ({ note: of, number }) => ({ note: of, number }),
  indexes: { byOwner: (remark) => ({ pk: remark.owner, sk: `${remark.number}#remark` }) },
  unique: (remark) => [
    { name: `${remark.owner}/${remark.text}`, taken: () => NameTaken({ name: remark.text }) },
  ],
});

/** A fact as the sample's events would state it. */
export const fact = (name: string, data: Record<string, unknown> = {}): Fact => ({
  name: `sample.${name}`,
  data,
});

/** An id, owner or actor that no other test has. */
export const fresh = (): string => crypto.randomUUID().replaceAll("-", "");

/** A note with a name of its own; what the test is about is given. */
export const note = (of: Partial<Note> = {}): Note => ({
  id: fresh(),
  owner: fresh(),
  name: `note-${fresh()}`,
  aliases: [],
  text: "",
  open: false,
  details: {},
  ...of,
});

export const remark = (of: Partial<Remark> = {}): Remark => ({
  note: fresh(),
  number: 1,
  owner: fresh(),
  text: fresh(),
  ...of,
});

/** The moment that many seconds from now, by the store's clock. */
export const inSeconds = ({ now }: Pick<StoreAtHand, "now">, seconds: number): string =>
  timeOf(now() + seconds * 1000);

/** The record that must be there. */
export function there<T>(record: T | undefined): T {
  if (record === undefined) throw new Error("The record is not there.");
  return record;
}
