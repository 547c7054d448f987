import * as z from "zod";
import { command, Id, put } from "../kit/index.ts";
import { Owner } from "../owner/index.ts";
import type { Context } from "../world.ts";
import { images, NotFound, Version, versions } from "./schema.ts";

const Changes = Version.pick({ image_uri: true, description: true, archived: true }).partial();

/** Changes what the request names of a version. Jobs that use it run what it says at their next start. */
export const changeVersion = command({
  input: z.object({ image_id: Id, id: Id, changes: Changes }),
  allow: "image.write",
  run: async ({ image_id, id, changes }, ctx: Context): Promise<Version> => {
    const [image, version] = await Promise.all([
      ctx.store.get(images, image_id),
      ctx.store.get(versions, { image: image_id, id }),
    ]);
    if (!image || !version || !Owner.holds(ctx, image.owner_id)) throw NotFound({ name: id });
    const next = Version.parse({ ...version, ...changes });
    await ctx.store.commit([put(versions, next, version)], [], ctx.caller.actor);
    return next;
  },
});
