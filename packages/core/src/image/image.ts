import * as z from "zod";
import {
  canonical,
  command,
  Id,
  paged,
  PageInput,
  pageOf,
  put,
  timeOf,
  type Paged,
} from "../kit/index.ts";
import { Owner } from "../owner/index.ts";
import type { Context, World } from "../world.ts";
import { visible } from "./choose.ts";
import { Access, images, Info, Name, NotFound, versions, type Version } from "./schema.ts";
import { HardwareType } from "../size/schema.ts";

export * from "./change-version.ts";
export * from "./choose.ts";
export * from "./defaults.ts";
export * from "./schema.ts";
export * from "./text.ts";

/** An image with its owner. */
export interface Detail {
  readonly image: Info;
  readonly owner: Owner.Info;
}

const Wanted = z.object({
  name: Name,
  owner: Owner.Reference.optional(),
  description: z.string().max(2048).default(""),
  hardware_type: HardwareType.default("CPU"),
  supports: z.array(z.string()).default([]),
  access: Access.default("owner"),
});

/** Makes an image, without any version yet. */
export const create = command({
  input: Wanted,
  allow: "image.write",
  run: async ({ owner, ...wanted }, ctx: Context): Promise<Detail> => {
    const holder = await Owner.resolve(ctx, owner);
    const image: Info = {
      ...wanted,
      id: ctx.ids.id(),
      owner_id: holder.id,
      org_id: holder.org_id,
      created_at: timeOf(ctx.clock.now()),
    };
    await ctx.store.commit([put(images, image)], [], ctx.caller.actor);
    return { image, owner: holder };
  },
});

/** Makes the image, or makes the one of that name say exactly this. */
export const apply = command({
  input: Wanted,
  allow: "image.write",
  run: async (
    wanted,
    ctx: Context,
  ): Promise<Detail & { action: "created" | "updated" | "unchanged" }> => {
    const holder = await Owner.resolve(ctx, wanted.owner);
    const existing = await ctx.store.byName(images, `${holder.id}/${wanted.name}`);
    if (!existing) return { ...(await create(ctx, wanted)), action: "created" };
    const { owner: _, ...spec } = wanted;
    const next = Info.parse({ ...existing, ...spec });
    if (canonical(next) === canonical(Info.parse(existing)))
      return { image: existing, owner: holder, action: "unchanged" };
    await ctx.store.commit([put(images, next, existing)], [], ctx.caller.actor);
    return { image: next, owner: holder, action: "updated" };
  },
});

export const get = command({
  input: z.object({ id: Id }),
  allow: "image.read",
  run: async ({ id }, ctx: Context): Promise<Detail> => {
    const image = await ctx.store.get(images, id);
    if (!image || !visible(ctx, image)) throw NotFound({ name: id });
    return withOwner(ctx, image);
  },
});

/** The image of exactly that name and owner. */
export const named = command({
  input: z.object({ owner: Owner.Reference.optional(), name: z.string() }),
  allow: "image.read",
  run: async ({ owner, name }, ctx: Context): Promise<Detail> => {
    const holder = await Owner.resolve(ctx, owner);
    const image = await ctx.store.byName(images, `${holder.id}/${name}`);
    if (!image) throw NotFound({ name });
    return { image, owner: holder };
  },
});

/** Images by name: an owner's own, or those of an audience that the caller belongs to. */
export const list = command({
  input: PageInput.extend({
    owner: Owner.Reference.optional(),
    name: z.string().optional(),
    access: Access.optional(),
  }),
  allow: "image.read",
  run: async ({ owner, name, access, ...asked }, ctx: Context): Promise<Paged<Detail>> => {
    const holder = await Owner.resolve(ctx, owner);
    const [index, partition] =
      access === undefined
        ? (["byOwner", `${holder.id}#image`] as const)
        : (["byParent", audience(holder, access)] as const);
    const page = { ...(await pageOf(ctx.signer, partition, asked)), prefix: name };
    const listed = await ctx.store.list(images, index, partition, page);
    const items = await Promise.all(listed.items.map((image) => withOwner(ctx, image)));
    return paged(ctx.signer, partition, { ...listed, items });
  },
});

const audience = (holder: Owner.Info, access: Access): string =>
  `${{ owner: holder.id, org: holder.org_id, account: "account" }[access]}#images`;

/** Adds a version that exists elsewhere under a URI; it can be used at once. */
export const importVersion = command({
  input: z.object({
    image_id: Id,
    image_uri: z.string().min(1).max(1024),
    name: z.string().max(128).default(""),
    description: z.string().max(2048).default(""),
  }),
  allow: "image.write",
  run: async (wanted, ctx: Context): Promise<Detail & { version: Version }> => {
    const found = await get(ctx, { id: wanted.image_id });
    if (!Owner.holds(ctx, found.image.owner_id)) throw NotFound({ name: wanted.image_id });
    const version = await keepVersion(ctx, ctx.caller.actor, found.image, wanted);
    return { ...found, version };
  },
});

/** The versions of an image, oldest first. */
export const listVersions = command({
  input: PageInput.extend({ image_id: Id }),
  allow: "image.read",
  run: async ({ image_id, ...asked }, ctx: Context): Promise<Detail & Paged<Version>> => {
    const found = await get(ctx, { id: image_id });
    const page = await pageOf(ctx.signer, image_id, asked);
    const listed = await ctx.store.list(versions, "byParent", image_id, page);
    return { ...found, ...(await paged(ctx.signer, image_id, listed)) };
  },
});

export const getVersion = command({
  input: z.object({ image_id: Id, id: Id }),
  allow: "image.read",
  run: async ({ image_id, id }, ctx: Context): Promise<Detail & { version: Version }> => {
    const found = await get(ctx, { id: image_id });
    const version = await ctx.store.get(versions, { image: image_id, id });
    if (!version) throw NotFound({ name: id });
    return { ...found, version };
  },
});

/** Keeps a new external version. Without a name it is called after its URI's tag. */
export async function keepVersion(
  world: World,
  actor: string,
  image: Info,
  wanted: { image_uri: string; name: string; description: string; archived?: boolean },
): Promise<Version> {
  const version: Version = {
    id: world.ids.id(),
    image_id: image.id,
    name: wanted.name === "" ? tagOf(wanted.image_uri) : wanted.name,
    image_uri: wanted.image_uri,
    description: wanted.description,
    archived: wanted.archived ?? false,
    is_external: true,
    status: "built",
    created_at: timeOf(world.clock.now()),
  };
  await world.store.commit([put(versions, version)], [], actor);
  return version;
}

const tagOf = (uri: string): string => /:([^:/]+)$/.exec(uri)?.[1] ?? "latest";

async function withOwner(ctx: Context, image: Info): Promise<Detail> {
  const owner = await ctx.store.get(Owner.owners, image.owner_id);
  if (!owner) throw NotFound({ name: image.name });
  return { image, owner };
}
