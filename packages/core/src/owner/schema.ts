import * as z from "zod";
import { entity, failure, Id, Time } from "../kit/index.ts";

const segment = String.raw`[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}`;
/** `org/identity`, `identity` (default organisation) or `org/` (the organisation itself). */
export const Path = z
  .string()
  .regex(new RegExp(`^(?:${segment}/)?(?:${segment})?$`), "must be written org/identity");

/** An organisation: an isolated set of owners and what they own. Exactly one is primary. */
export const Organisation = z.object({
  id: Id,
  name: z.string(),
  email: z.string(),
  description: z.string(),
  is_primary: z.boolean(),
  created_at: Time,
});
export type Organisation = z.infer<typeof Organisation>;

/** A person. */
export const User = z.object({
  id: Id,
  username: z.string(),
  full_name: z.string(),
  email: z.string(),
  admin: z.boolean(),
  created_at: Time,
});
export type User = z.infer<typeof User>;

/** An owner: a person in an organisation. Everything that can be owned names one. */
export const Info = z.object({
  id: Id,
  org_id: Id,
  org_name: z.string(),
  identity_name: z.string(),
  identity_type: z.literal("user"),
  user_id: Id,
  org_admin: z.boolean(),
  created_at: Time,
});
export type Info = z.infer<typeof Info>;

/** How a request names an owner: any one of the four forms. */
export const Reference = z.union([
  Path,
  z.object({ name: Path }),
  z.object({ id: z.string() }),
  z.object({
    user_id: z.string().nullish(),
    group_id: z.string().nullish(),
    org_id: z.string().nullish(),
  }),
]);
export type Reference = z.infer<typeof Reference>;

/** The canonical name: `org/identity`. */
export const nameOf = (owner: Info): string => `${owner.org_name}/${owner.identity_name}`;

export const NotFound = failure<{ name: string }>(
  "missing",
  "owner.not_found",
  ({ name }) => `There is no owner ${name} that you can act for.`,
);
export const NameTaken = failure<{ name: string }>(
  "conflict",
  "owner.name_taken",
  ({ name }) => `The name ${name} is taken. Choose another one.`,
);

export const organisations = entity({
  type: "organisation",
  schema: Organisation,
  key: (id: string) => ({ pk: `organisation#${id}`, sk: "organisation" }),
  idOf: (record) => record.id,
  unique: ({ name }) => [{ name, taken: () => NameTaken({ name }) }],
});

export const users = entity({
  type: "user",
  schema: User,
  key: (id: string) => ({ pk: `user#${id}`, sk: "user" }),
  idOf: (record) => record.id,
  unique: ({ username }) => [{ name: username, taken: () => NameTaken({ name: username }) }],
});

export const owners = entity({
  type: "owner",
  schema: Info,
  key: (id: string) => ({ pk: `owner#${id}`, sk: "owner" }),
  idOf: (record) => record.id,
  indexes: { byParent: (record) => ({ pk: record.org_id, sk: `owner#${record.identity_name}` }) },
  unique: (record) => [
    { name: nameOf(record), taken: () => NameTaken({ name: nameOf(record) }) },
    {
      name: `${record.org_id}/${record.user_id}`,
      taken: () => NameTaken({ name: nameOf(record) }),
    },
  ],
});
