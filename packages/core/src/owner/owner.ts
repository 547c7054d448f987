import * as z from "zod";
import { command } from "../kit/index.ts";
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

export * from "./enrol.ts";
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
