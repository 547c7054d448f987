import * as z from "zod";
import { command, put } from "../kit/index.ts";
import { timeOf } from "../kit/index.ts";
import type { Context, World } from "../world.ts";
import {
  nameOf,
  NotFound,
  organisations,
  owners,
  users,
  type Info,
  type Organisation,
  type Reference,
  type User,
} from "./schema.ts";

export * from "./schema.ts";

/** The caller's own person. */
export const me = command({
  input: z.object({}),
  allow: "user.read",
  run: async (_, ctx: Context): Promise<User> => {
    const own = self(ctx);
    const user = await ctx.store.get(users, own.user_id);
    if (!user) throw NotFound({ name: nameOf(own) });
    return user;
  },
});

/** The organisations that the caller belongs to. */
export const listOrganisations = command({
  input: z.object({}),
  allow: "organisation.read",
  run: async (_, ctx: Context): Promise<readonly Organisation[]> => {
    const found = await ctx.store.get(organisations, self(ctx).org_id);
    return found ? [found] : [];
  },
});

/** The identity that the caller acts as; fails with `owner.not_found` for a caller without one. */
export function self(ctx: Pick<Context, "caller">): Info {
  if (!ctx.caller.owner) throw NotFound({ name: ctx.caller.actor });
  return ctx.caller.owner;
}

/** Whether the caller holds what this owner owns. */
export const holds = (ctx: Pick<Context, "caller">, ownerId: string): boolean =>
  ctx.caller.owner?.id === ownerId;

/** The owner that a request names, or the caller's own; one that the caller does not hold looks like none. */
export async function resolve(ctx: Context, reference: Reference | undefined): Promise<Info> {
  const own = self(ctx);
  const named = await lookUp(ctx, own, reference);
  if (!named || !holds(ctx, named.id)) throw NotFound({ name: told(reference) });
  return named;
}

/** The owner of that path, whoever asks; a bare identity is looked for in `own`'s organisation. */
export const byPath = (world: World, own: Info, path: string): Promise<Info | undefined> =>
  world.store.byName(owners, path.includes("/") ? path : `${own.org_name}/${path}`);

async function lookUp(
  ctx: Context,
  own: Info,
  reference: Reference | undefined,
): Promise<Info | undefined> {
  if (reference === undefined) return own;
  if (typeof reference === "string") return byPath(ctx, own, reference);
  if ("name" in reference) return byPath(ctx, own, reference.name);
  if ("id" in reference) return ctx.store.get(owners, reference.id);
  return ctx.store.byName(
    owners,
    `${reference.org_id ?? own.org_id}/${reference.user_id ?? own.user_id}`,
  );
}

const told = (reference: Reference | undefined): string =>
  typeof reference === "string"
    ? reference
    : Object.values(reference ?? {})
        .filter(Boolean)
        .join(" ");

/** Makes a person with an identity in an organisation; with `organisation` absent in a new primary one. */
export async function enrol(
  world: World,
  who: { username: string; organisation: string; admin: boolean },
): Promise<Info> {
  const existing = await world.store.byName(owners, `${who.organisation}/${who.username}`);
  if (existing) return existing;
  const created_at = timeOf(world.clock.now());
  const known = await world.store.byName(organisations, who.organisation);
  const organisation = known ?? {
    id: world.ids.id(),
    name: who.organisation,
    email: `admin@${who.organisation}.invalid`,
    description: "",
    is_primary: true,
    created_at,
  };
  const user: User = {
    id: world.ids.id(),
    username: who.username,
    full_name: who.username,
    email: `${who.username}@${who.organisation}.invalid`,
    admin: who.admin,
    created_at,
  };
  const owner: Info = {
    id: world.ids.id(),
    org_id: organisation.id,
    org_name: organisation.name,
    identity_name: who.username,
    identity_type: "user",
    user_id: user.id,
    org_admin: who.admin,
    created_at,
  };
  await world.store.commit(
    [...(known ? [] : [put(organisations, organisation)]), put(users, user), put(owners, owner)],
    [],
    "installation",
  );
  return owner;
}
