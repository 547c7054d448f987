import * as z from "zod";
import type { PageInput } from "../../kit/index.ts";
import { Owner } from "../../owner/index.ts";
import { flag } from "../query.ts";

/** The part of a list that a request asks for, as queries say it. */
export const PagedQuery = z.object({
  next_key: z.string().optional(),
  prev_key: z.string().optional(),
  page_size: z.coerce.number().int().min(1).max(1000).default(100),
  descending: flag.default(false),
});

/** The query's part that names a page, for a command's input. */
export const pageIn = ({ next_key, prev_key, page_size, descending }: PageInput): PageInput => ({
  ...(next_key !== undefined && { next_key }),
  ...(prev_key !== undefined && { prev_key }),
  page_size,
  descending,
});

/** The keys that every list of the API ends with. */
export const keyFields = { prev_key: z.string().optional(), next_key: z.string().optional() };

/** The keys of a list's page, left out where nothing follows or precedes. */
export const keysOf = ({
  next_key,
  prev_key,
}: {
  next_key?: string | undefined;
  prev_key?: string | undefined;
}) => ({
  ...(prev_key !== undefined && { prev_key }),
  ...(next_key !== undefined && { next_key }),
});

/** Whose things are asked for, as queries and old bodies say it: in a field of its own for each form. */
export const OwnerFields = z.object({
  owner_name: z.string().nullish(),
  owner_id: z.string().nullish(),
  user_id: z.string().nullish(),
  group_id: z.string().nullish(),
  org_id: z.string().nullish(),
});

const asked = z.string().optional();
export const OwnerQuery = z.object({
  owner: asked,
  owner_name: asked,
  owner_id: asked,
  user_id: asked,
  group_id: asked,
  org_id: asked,
});

/** An owner in a body: `org/identity`, or an object with a name, an id, or the ids of its parts. */
export const OwnerField = z.union(Owner.Reference.options, {
  error: "must be written org/identity, or as an object with name, id, user_id or org_id",
});

type Fields = z.infer<typeof OwnerFields> & { owner?: Owner.Reference | null | undefined };

/** The owner that a request names in any of its forms; undefined where it names none. */
export function ownerIn({
  owner,
  owner_name,
  owner_id,
  user_id,
  group_id,
  org_id,
}: Fields): Owner.Reference | undefined {
  if (owner !== undefined && owner !== null) return owner;
  if (owner_name) return owner_name;
  if (owner_id) return { id: owner_id };
  return user_id || group_id || org_id ? { user_id, group_id, org_id } : undefined;
}
