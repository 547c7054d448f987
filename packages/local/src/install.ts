import { sha256, timeOf, type Stored } from "@cassini/core/kit";
import { Image } from "@cassini/core/image";
import { Owner } from "@cassini/core/owner";
import { Token } from "@cassini/core/token";
import type { Context, World } from "@cassini/core/world";
import { readIfThere, writePrivate } from "./private-file.ts";

/** Who the administrator of a fresh installation is. */
const administrator = { username: "admin", organisation: "local", admin: true } as const;

const actor = "installation";

/**
 * Makes sure of what every installation has: organisation, administrator, the image of this machine's Python, and the
 * administrator's token in a file. Changes nothing the second time; may be killed anywhere and begun again.
 */
export async function install(world: World, tokenFile: string): Promise<Owner.Info> {
  const owner = await Owner.enrol(world, administrator);
  // One after the other, so that what fails leaves nothing that still goes on.
  await hostImage(world, owner);
  await administratorToken(world, owner, tokenFile);
  return owner;
}

/** The world as the installation itself sees it, acting for the administrator. */
const asInstallation = (world: World, owner: Owner.Info): Context => ({
  ...world,
  caller: { actor, owner, admin: true, may: () => true },
});

async function hostImage(world: World, owner: Owner.Info): Promise<void> {
  const image =
    (await world.store.byName(Image.images, `${owner.id}/python`)) ??
    (await newImage(world, owner));
  if (await world.store.byName(Image.versions, `${image.id}/host`)) return;
  await Image.keepVersion(world, actor, image, {
    name: "host",
    image_uri: "host:python3",
    description: "The Python of this machine.",
  });
}

async function newImage(world: World, owner: Owner.Info): Promise<Image.Info> {
  const wanted = {
    name: "python",
    description: "This machine's own Python.",
    hardware_type: "CPU",
    supports: [],
    access: "account",
  } as const;
  const { image } = await Image.create(asInstallation(world, owner), {
    ...wanted,
    supports: [...wanted.supports],
  });
  return image;
}

/**
 * A token is made anew only where its file or its record is missing. The file comes first: without its record it is
 * void and replaced by the next start, while a record without its file would be a key that nobody has.
 */
async function administratorToken(world: World, owner: Owner.Info, path: string): Promise<void> {
  const text = (await readIfThere(path))?.toString().trim();
  if (text !== undefined && (await recordOf(world, text))) return;
  const token = await Token.mint(world, {
    owner_id: owner.id,
    description: "the administrator's, in admin.token",
  });
  await writePrivate(path, `${token.text}\n`);
  await world.store.commit([token.change], [], actor);
}

const recordOf = async (world: World, text: string): Promise<Stored<Token.Info> | undefined> =>
  world.store.get(Token.tokens, await sha256(text));

/** How long a browser stays signed in. */
export const sessionSeconds = 12 * 3600;

/** A fresh token for a browser of the administrator's. */
export async function sessionToken(world: World, owner: Owner.Info): Promise<string> {
  const expires_at = timeOf(world.clock.now() + sessionSeconds * 1000);
  const token = await Token.mint(world, {
    owner_id: owner.id,
    description: "a browser",
    expires_at,
  });
  await world.store.commit([token.change], [], actor);
  return token.text;
}
