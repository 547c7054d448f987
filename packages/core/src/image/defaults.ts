import * as z from "zod";
import { command } from "../kit/index.ts";
import { HardwareType } from "../size/schema.ts";
import { Owner } from "../owner/index.ts";
import type { Context } from "../world.ts";
import { images, versions, type Info, type Version } from "./schema.ts";

/** An image that everybody may use, with its newest version. */
export interface Default {
  readonly image: Info;
  readonly version: Version;
  readonly owner: Owner.Info;
}

/** How many images and versions are looked at: a form proposes, it does not search. */
const lookedAt = 100;

/** For each kind of hardware the image that a form proposes: the first of those for everybody that has a version. */
export const defaults = command({
  input: z.object({}),
  allow: "job.read",
  run: async (_, ctx: Context): Promise<Readonly<Partial<Record<HardwareType, Default>>>> => {
    const { items } = await ctx.store.list(images, "byParent", "account#images", {
      size: lookedAt,
    });
    const found = await Promise.all(
      HardwareType.options.map(
        async (hardware) => [hardware, await first(ctx, items, hardware)] as const,
      ),
    );
    return Object.fromEntries(found.filter(([, known]) => known !== undefined));
  },
});

async function first(
  ctx: Context,
  all: readonly Info[],
  hardware: HardwareType,
): Promise<Default | undefined> {
  for (const image of all.filter(({ hardware_type }) => hardware_type === hardware)) {
    const { items } = await ctx.store.list(versions, "byParent", image.id, {
      size: lookedAt,
      descending: true,
    });
    const version = items.find(({ archived }) => !archived);
    const owner = await ctx.store.get(Owner.owners, image.owner_id);
    if (version && owner) return { image, version, owner };
  }
  return undefined;
}
