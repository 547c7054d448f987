import * as z from "zod";
import { Image } from "../image/index.ts";
import { command, Id } from "../kit/index.ts";
import { Job } from "../job/index.ts";
import { Owner } from "../owner/index.ts";
import type { Context } from "../world.ts";
import type { ImageRecipe, JobRecipe, Recipe } from "./answer.ts";
import { applyImage, createImage, showImage } from "./image.ts";
import { applyJob, createJob, showJob } from "./job.ts";
import { documentsIn } from "./old.ts";
import { readDocument, type Read } from "./read.ts";
import { foreignTypes, NotFound, RecipeType, types } from "./schema.ts";

export * from "./answer.ts";
export * from "./list.ts";
export * from "./schema.ts";

const Given = z.object({ document: z.unknown(), enforce_unknown: z.boolean().default(true) });

/** Makes what the recipe describes be there exactly so: what the file does not say takes its default, except `status`. */
export const apply = command({
  input: Given,
  allow: "job.write",
  run: async ({ document, enforce_unknown }, ctx: Context): Promise<Recipe> =>
    applied(ctx, readDocument(document, !enforce_unknown)),
});

/** Makes what the recipe describes; fails where something of that name is there already. */
export const create = command({
  input: Given,
  allow: "job.write",
  run: async ({ document, enforce_unknown }, ctx: Context): Promise<Recipe> => {
    const read = readDocument(document, !enforce_unknown);
    return read.type === "job" ? createJob(ctx, read.spec) : createImage(ctx, read.spec);
  },
});

/** What a set has become. */
export interface Applied {
  readonly resources: readonly JobRecipe[];
  readonly images: readonly ImageRecipe[];
  readonly templates: readonly never[];
}

/**
 * Applies a set, one document of an older layout, or one of the current one. All of it is read before any of it is
 * carried out; applying it again changes nothing.
 */
export const applySet = command({
  input: Given,
  allow: "job.write",
  run: async ({ document, enforce_unknown }, ctx: Context): Promise<Applied> => {
    const reads = documentsIn(document, !enforce_unknown).map((each) =>
      readDocument(each, !enforce_unknown),
    );
    const done: Recipe[] = [];
    for (const read of reads) done.push(await applied(ctx, read));
    return {
      resources: done.filter((recipe) => recipe.type === "job"),
      images: done.filter((recipe) => recipe.type === "image"),
      templates: [],
    };
  },
});

/** The owner's job or image of exactly that name, as a recipe. */
export const get = command({
  input: z.object({
    type: z.enum([...types, ...foreignTypes]),
    name: z.string(),
    owner: Owner.Reference.optional(),
    as_template: z.boolean().default(false),
  }),
  allow: "job.read",
  run: async ({ type, name, owner, as_template: asTemplate }, ctx: Context): Promise<Recipe> => {
    const known = RecipeType.safeParse(type);
    if (!known.success) throw NotFound({ type, name });
    if (known.data === "image")
      return showImage(ctx, await Image.named(ctx, { owner, name }), { asTemplate });
    return showJob(await Job.named(ctx, { owner, name }), { asTemplate });
  },
});

/** A job as a recipe. */
export const ofJob = command({
  input: z.object({ id: Id, as_template: z.boolean().default(false) }),
  allow: "job.read",
  run: async ({ id, as_template: asTemplate }, ctx: Context): Promise<JobRecipe> =>
    showJob(await Job.get(ctx, { id }), { asTemplate }),
});

const applied = (ctx: Context, read: Read): Promise<Recipe> =>
  read.type === "job" ? applyJob(ctx, read.spec) : applyImage(ctx, read.spec);
