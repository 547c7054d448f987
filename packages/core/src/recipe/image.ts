import { Image } from "../image/index.ts";
import { canonical, wholeList } from "../kit/index.ts";
import { Owner } from "../owner/index.ts";
import type { Context } from "../world.ts";
import type { Action, ImageRecipe } from "./answer.ts";
import type { Shown } from "./job.ts";
import { schemaVersion, type ImageSpec } from "./schema.ts";

type Wanted = ImageSpec["versions"][number];
type Actions = ReadonlyMap<string, Action>;

/** Makes the image, or makes the one of that name say this; versions are added and changed, never removed. */
export async function applyImage(
  ctx: Context,
  { versions, ...wanted }: ImageSpec,
): Promise<ImageRecipe> {
  const uris = urisOf(versions);
  const { action, ...detail } = await Image.apply(ctx, wanted);
  const actions = new Map<string, Action>();
  for (const version of uris)
    actions.set(version.name, await applyVersion(ctx, detail.image.id, version));
  const changed = [...actions.values()].some((each) => each !== "unchanged");
  return showImage(ctx, detail, {
    action: action === "unchanged" && changed ? "updated" : action,
    versions: actions,
  });
}

/** Makes an image with its versions; one of that name may not be there yet. */
export async function createImage(
  ctx: Context,
  { versions, ...wanted }: ImageSpec,
): Promise<ImageRecipe> {
  const uris = urisOf(versions);
  const detail = await Image.create(ctx, wanted);
  for (const version of uris) await applyVersion(ctx, detail.image.id, version);
  const actions = new Map(uris.map(({ name }) => [name, "created" as const]));
  return showImage(ctx, detail, { action: "created", versions: actions });
}

/** The versions with their URIs; fails with `image.build_unavailable` for one that has none. */
function urisOf(versions: readonly Wanted[]): Complete[] {
  return versions.map(({ image_uri, ...version }) => {
    if (image_uri === undefined) throw Image.BuildsAbsent({});
    return { ...version, image_uri };
  });
}

type Complete = Wanted & { image_uri: string };

async function applyVersion(ctx: Context, imageId: string, wanted: Complete): Promise<Action> {
  const known = await ctx.store.byName(Image.versions, `${imageId}/${wanted.name}`);
  if (!known) return addVersion(ctx, imageId, wanted);
  const { image_uri, description, archived } = wanted;
  const changes = { image_uri, description, archived };
  if (canonical({ ...known, ...changes }) === canonical(known)) return "unchanged";
  await Image.changeVersion(ctx, { image_id: imageId, id: known.id, changes });
  return "updated";
}

async function addVersion(
  ctx: Context,
  imageId: string,
  { archived, name, image_uri, description }: Complete,
): Promise<Action> {
  const { version } = await Image.importVersion(ctx, {
    image_id: imageId,
    name,
    image_uri,
    description,
  });
  if (archived)
    await Image.changeVersion(ctx, { image_id: imageId, id: version.id, changes: { archived } });
  return "created";
}

/** An image with all its versions as a recipe. */
export async function showImage(
  ctx: Context,
  { image, owner }: Image.Detail,
  { asTemplate = false, action, versions: actions }: Shown & { versions?: Actions } = {},
): Promise<ImageRecipe> {
  const versions = await versionsOf(ctx, image.id);
  const { name, description, hardware_type, supports, access } = image;
  const spec = {
    name,
    ...(!asTemplate && { owner: Owner.nameOf(owner) }),
    description,
    hardware_type,
    supports,
    access,
    versions: versions.map((version) => ({
      name: version.name,
      image_uri: version.image_uri,
      description: version.description,
      archived: version.archived,
    })),
  };
  const stated = versions.map((version) => ({
    id: version.id,
    ...(actions?.has(version.name) && { action: actions.get(version.name) }),
  }));
  const state = { id: image.id, ...(action && { action }), versions: stated };
  return { schema_version: schemaVersion, type: "image", spec, ...(!asTemplate && { state }) };
}

/** An image's versions in the order in which they were made; of those made at once, in order of their names. */
async function versionsOf(ctx: Context, imageId: string): Promise<readonly Image.Version[]> {
  const versions = await wholeList(ctx.store, Image.versions, "byParent", { partition: imageId });
  const place = ({ created_at, name }: Image.Version) => `${created_at} ${name}`;
  return versions.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
}
