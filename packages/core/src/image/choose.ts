import * as z from "zod";
import { Owner } from "../owner/index.ts";
import type { InstanceSize } from "../size/schema.ts";
import type { Context, World } from "../world.ts";
import type { ImageChoice } from "../job/schema.ts";
import { HardwareMismatch, images, Unusable, versions, type Info, type Version } from "./schema.ts";

/** How a request names an image: `[org/]owner/name:version`, a version's id, or a raw URI. */
export const Reference = z.union([
  z.string().min(1),
  z.object({ tag_id: z.string() }),
  z.object({ uri: z.string().min(1), owner: Owner.Reference.nullish() }),
  z.object({ name: z.string(), version: z.string(), owner: Owner.Reference.nullish() }),
]);
export type Reference = z.infer<typeof Reference>;

/** A reference, or what it was resolved to before. */
export type Wanted = Reference | ImageChoice;

/** The image and version of a choice, where they are of the catalogue and still there. */
export interface Chosen {
  readonly choice: ImageChoice;
  readonly image?: Info | undefined;
  readonly version?: Version | undefined;
  readonly owner?: Owner.Info | undefined;
}

/** Whether the caller may see and use an image. */
export const visible = (ctx: Context, image: Info): boolean =>
  image.access === "account" ||
  Owner.holds(ctx, image.owner_id) ||
  (image.access === "org" && ctx.caller.owner?.org_id === image.org_id);

/** Resolves a reference, and makes sure that the image fits the size's hardware. */
export async function choose(
  ctx: Context,
  holder: Owner.Info,
  { image: wanted, size }: { image: Wanted; size: InstanceSize },
): Promise<ImageChoice> {
  const found = await lookUp(ctx, holder, wanted);
  if (found.image && found.image.hardware_type !== size.hardware_type) {
    throw HardwareMismatch({
      image: found.image.name,
      hardware: found.image.hardware_type,
      size: size.name,
      needs: size.hardware_type,
    });
  }
  return found.choice;
}

/** A choice with the records behind it; `likely`, read at the same time, saves a reading where it is the image's owner. */
export async function chosen(
  world: World,
  choice: ImageChoice,
  likely?: Promise<Owner.Info | undefined>,
): Promise<Chosen> {
  if (choice.image_id === undefined || choice.version_id === undefined) return { choice };
  const [image, version, near] = await Promise.all([
    world.store.get(images, choice.image_id),
    world.store.get(versions, { image: choice.image_id, id: choice.version_id }),
    likely,
  ]);
  if (!image) return { choice, version };
  const isNear = near?.id === image.owner_id;
  const owner = isNear ? near : await world.store.get(Owner.owners, image.owner_id);
  return { choice, image, version, owner };
}

async function lookUp(ctx: Context, holder: Owner.Info, wanted: Wanted): Promise<Chosen> {
  if (typeof wanted === "string") return byText(ctx, holder, wanted);
  if ("uri" in wanted)
    return "image_id" in wanted ? chosen(ctx, wanted) : { choice: { uri: wanted.uri } };
  if ("tag_id" in wanted) return byVersionId(ctx, wanted.tag_id);
  const owner = await ownerOf(ctx, holder, wanted.owner ?? undefined);
  return byName(ctx, owner, { name: wanted.name, version: wanted.version });
}

async function byVersionId(ctx: Context, id: string): Promise<Chosen> {
  const version = await ctx.store.byName(versions, `id/${id}`);
  const image = version && (await ctx.store.get(images, version.image_id));
  if (!version || !image || !visible(ctx, image)) throw Unusable({ name: id });
  return {
    image,
    version,
    choice: { image_id: image.id, version_id: version.id, uri: version.image_uri },
  };
}

async function byText(ctx: Context, holder: Owner.Info, text: string): Promise<Chosen> {
  const named = /^(?:(?<owner>[^:]+)\/)?(?<name>[^/:]+):(?<version>[^/]+)$/.exec(text)?.groups;
  if (!named?.["name"] || !named["version"]) throw Unusable({ name: text });
  const owner =
    named["owner"] === undefined ? holder : await Owner.byPath(ctx, holder, named["owner"]);
  if (!owner) throw Unusable({ name: text });
  return byName(ctx, owner, { name: named["name"], version: named["version"] });
}

async function ownerOf(
  ctx: Context,
  holder: Owner.Info,
  reference: Owner.Reference | undefined,
): Promise<Owner.Info> {
  if (typeof reference !== "string")
    return reference === undefined ? holder : Owner.resolve(ctx, reference);
  const found = await Owner.byPath(ctx, holder, reference);
  if (!found) throw Owner.NotFound({ name: reference });
  return found;
}

async function byName(
  ctx: Context,
  owner: Owner.Info,
  wanted: { name: string; version: string },
): Promise<Chosen> {
  const told = `${Owner.nameOf(owner)}/${wanted.name}:${wanted.version}`;
  const image = await ctx.store.byName(images, `${owner.id}/${wanted.name}`);
  if (!image || !visible(ctx, image)) throw Unusable({ name: told });
  const version = await ctx.store.byName(versions, `${image.id}/${wanted.version}`);
  if (!version) throw Unusable({ name: told });
  return {
    image,
    version,
    owner,
    choice: { image_id: image.id, version_id: version.id, uri: version.image_uri },
  };
}
