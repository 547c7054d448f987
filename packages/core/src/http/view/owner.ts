import * as z from "zod";
import { wireTime } from "../../kit/index.ts";
import { Owner as Owners } from "../../owner/index.ts";

export const Owner = z.strictObject({
  id: z.string(),
  name: z.string(),
  identity_name: z.string(),
  org_name: z.string(),
  created_at: z.string(),
  org_admin: z.boolean(),
  org_id: z.string(),
  user_id: z.string().nullable(),
  group_id: z.string().nullable(),
  identity_type: z.enum(["user", "group"]),
  avatar_url: z.string(),
});

export const showOwner = (owner: Owners.Info): z.infer<typeof Owner> => ({
  id: owner.id,
  name: Owners.nameOf(owner),
  identity_name: owner.identity_name,
  org_name: owner.org_name,
  created_at: wireTime(owner.created_at),
  org_admin: owner.org_admin,
  org_id: owner.org_id,
  user_id: owner.user_id,
  group_id: null,
  identity_type: owner.identity_type,
  avatar_url: "",
});

export const User = z.strictObject({
  id: z.string(),
  avatar_url: z.string(),
  username: z.string(),
  created_at: z.string(),
  full_name: z.string(),
  email: z.string(),
  admin: z.boolean(),
  locked: z.boolean(),
  locked_reason: z.string(),
  is_multiple_ssh_keys: z.boolean(),
  active: z.boolean(),
});

export const showUser = (user: Owners.User): z.infer<typeof User> => ({
  id: user.id,
  avatar_url: "",
  username: user.username,
  created_at: wireTime(user.created_at),
  full_name: user.full_name,
  email: user.email,
  admin: user.admin,
  locked: false,
  locked_reason: "",
  is_multiple_ssh_keys: false,
  active: true,
});

export const Organisation = z.strictObject({
  id: z.string(),
  created_at: z.string(),
  avatar_url: z.string(),
  name: z.string(),
  email: z.string(),
  description: z.string(),
  website_url: z.string().nullable(),
  logo_image_url: z.string(),
  limits_id: z.string().nullable(),
  is_primary: z.boolean(),
  locked: z.boolean(),
  locked_reason: z.string(),
});

export const Organisations = z.strictObject({ orgs: z.array(Organisation) });

export const showOrganisations = (
  found: readonly Owners.Organisation[],
): z.infer<typeof Organisations> => ({
  orgs: found.map(showOrganisation),
});

const showOrganisation = (organisation: Owners.Organisation): z.infer<typeof Organisation> => ({
  id: organisation.id,
  created_at: wireTime(organisation.created_at),
  avatar_url: "",
  name: organisation.name,
  email: organisation.email,
  description: organisation.description,
  website_url: null,
  logo_image_url: "",
  limits_id: null,
  is_primary: organisation.is_primary,
  locked: false,
  locked_reason: "",
});
