import * as z from "zod";

/** A fact that has happened, as the domain states it; the store adds the envelope. */
export interface Fact {
  readonly name: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** A fact with its envelope, as reactions and the outside see it. `id` is the same at every delivery. */
export const Envelope = z.object({
  id: z.string(),
  name: z.string(),
  at: z.string(),
  actor: z.string(),
  data: z.record(z.string(), z.unknown()),
});
export type Envelope = z.infer<typeof Envelope>;

export interface EventOf<Data> {
  (data: Data): Fact;
  readonly event: string;
  readonly schema: z.ZodType<Data>;
}

const declared = new Map<string, z.ZodType>();

/** Every event declared so far, by name: the reference page is made from it. */
export const events = (): readonly { event: string; schema: z.ZodType }[] =>
  Array.from(declared, ([name, schema]) => ({ event: name, schema })).toSorted((a, b) =>
    a.event < b.event ? -1 : 1,
  );

/** Declares an event, named `noun.verbed`. Fields are only ever added; a breaking change is a new name. */
export function event<Data extends Record<string, unknown>>(
  name: string,
  schema: z.ZodType<Data>,
): EventOf<Data> {
  if (declared.has(name)) throw new Error(`The event ${name} is declared twice.`);
  declared.set(name, schema);
  return Object.assign((data: Data): Fact => ({ name, data: schema.parse(data) }), {
    event: name,
    schema,
  });
}

/** What the system does when something has happened. Delivery is at least once: `run` is safe to repeat. */
export interface Reaction<Ctx> {
  readonly on: string;
  run(ctx: Ctx, envelope: Envelope): Promise<void>;
}

export function on<Ctx, Data>(
  of: EventOf<Data>,
  run: (ctx: Ctx, data: Data, envelope: Envelope) => Promise<void>,
): Reaction<Ctx> {
  return {
    on: of.event,
    run: (ctx, envelope) => run(ctx, of.schema.parse(envelope.data), envelope),
  };
}
