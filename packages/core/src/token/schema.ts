import * as z from "zod";
import { entity, failure, Id, Time } from "../kit/index.ts";

/** A token as it is kept: the hash of its text, never the text. */
export const Info = z.object({
  id: Id,
  hash: z.string(),
  owner_id: Id,
  description: z.string(),
  /** What the token is limited to: a run's own resource, or nothing said for all that its owner may do. */
  resource_id: Id.optional(),
  expires_at: Time.optional(),
  created_at: Time,
});
export type Info = z.infer<typeof Info>;

export const Missing = failure(
  "unauthenticated",
  "token.missing",
  () => "Sign in first: send your token in the header `Authorization: Bearer <token>`.",
);
export const Unknown = failure(
  "unauthenticated",
  "token.unknown",
  () => "This token is not known here. Sign in again, or make a new token.",
);
export const Expired = failure(
  "unauthenticated",
  "token.expired",
  () => "This token is expired. Refresh it, or make a new one.",
);

/** What every token's text begins with, so that secret scanners recognise one. */
export const prefix = "cassini_";

const rememberedSeconds = 30 * 24 * 3600;

export const tokens = entity({
  type: "token",
  schema: Info,
  key: (hash: string) => ({ pk: `token#${hash}`, sk: "token" }),
  idOf: (record) => record.hash,
  indexes: { byOwner: (record) => ({ pk: `${record.owner_id}#token`, sk: record.created_at }) },
  // An expired token is kept for a while, so that its holder is told so and can refresh it.
  expires: ({ expires_at }) =>
    expires_at === undefined
      ? undefined
      : Math.ceil(Date.parse(expires_at) / 1000) + rememberedSeconds,
});
