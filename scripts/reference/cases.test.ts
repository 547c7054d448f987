import * as z from "zod";
import { describe, expect, it } from "vitest";
import { Id, Time } from "@cassini/core/kit";
import { casesOf } from "./cases.ts";
import { fieldsOf } from "./field.ts";
import type { Sample } from "./sample.ts";

const Parcel = z.object({
  id: Id,
  weight: z.int(),
  state: z.enum(["packed", "sent", "lost"]),
  fragile: z.boolean(),
  sent_at: Time.optional(),
  packed_at: Time,
});
type Parcel = z.infer<typeof Parcel>;

/** What a function of parcels says of all of them. */
const said = (speak: (parcel: Parcel) => string | undefined) =>
  casesOf(fieldsOf(Parcel), (sample) => {
    const text = speak(parcelOf(sample));
    return text === undefined ? undefined : [sample.named(text)];
  });

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the sample answers each of the schema's fields
const parcelOf = (sample: Sample): Parcel => sample.record as Parcel;

describe("a function of records, asked for all of them", () => {
  it("names the fields that it puts into its text, padded numbers too", () => {
    expect(said(({ id, weight }) => `${id}#${String(weight).padStart(9, "0")}`)).toEqual([
      { said: ["<id>#<weight>"], when: "" },
    ]);
  });

  it("tells one case for each thing that it says, with all that lead there", () => {
    expect(said(({ state }) => (state === "lost" ? "gone" : "here"))).toEqual([
      { said: ["here"], when: "`state` is packed or sent" },
      { said: ["gone"], when: "`state` is lost" },
    ]);
  });

  it("tells of fields that may be absent, and leaves out where it says nothing", () => {
    expect(said(({ sent_at }) => sent_at)).toEqual([
      { said: ["<sent_at>"], when: "with `sent_at`" },
    ]);
    expect(said(({ sent_at }) => (sent_at === undefined ? "waiting" : undefined))).toEqual([
      { said: ["waiting"], when: "without `sent_at`" },
    ]);
  });

  it("asks further only where an answer depends on it", () => {
    const asked = said(({ state, fragile }) =>
      state === "packed" && fragile ? "with care" : "anyhow",
    );

    expect(asked.map(({ said: [text] }) => text)).toEqual(["with care", "anyhow"]);
  });

  it("shows the range of what is computed from an id", () => {
    expect(said(({ id }) => `share#${Number.parseInt(id.slice(0, 2), 16) % 4}#${id}`)).toEqual([
      { said: ["share#<0…3>#<id>"], when: "" },
    ]);
  });
});

describe("a moment computed from a record", () => {
  const moments = (speak: (parcel: Parcel) => number) =>
    casesOf(fieldsOf(Parcel), (sample) => [sample.namedMoment(speak(parcelOf(sample)))]);

  it("is told by the field that it was computed from", () => {
    expect(moments(({ packed_at }) => Date.parse(packed_at) / 1000)[0]?.said).toEqual([
      "`packed_at`",
    ]);
  });

  it("is told with what was added", () => {
    const tomorrow = ({ packed_at }: Parcel) => Math.ceil(Date.parse(packed_at) / 1000) + 86_400;

    expect(moments(tomorrow)[0]?.said).toEqual(["24 hours after `packed_at`"]);
  });
});
