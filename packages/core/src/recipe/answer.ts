import * as z from "zod";
import { Launch } from "../launch/index.ts";
import { ImageSpec, ImageVersion, JobSpec } from "./schema.ts";

/** What became of an applied recipe. */
export const Action = z.enum(["created", "updated", "unchanged"]);
export type Action = z.infer<typeof Action>;

const owner = z.string().optional();

/** A job as a recipe. The command is always one text: a list is the JSON of it. */
export const JobRecipe = z.strictObject({
  schema_version: z.string(),
  type: z.literal("job"),
  spec: z.strictObject({
    ...JobSpec.omit({ status: true }).shape,
    owner,
    image: z.union([z.string(), z.strictObject({ uri: z.string() })]),
    command: z.string(),
    extra_packages: Launch.Packages,
  }),
  state: z
    .strictObject({ id: z.string(), action: Action.optional(), status: z.string() })
    .optional(),
});
export type JobRecipe = z.infer<typeof JobRecipe>;

/** An image with all its versions as a recipe. */
export const ImageRecipe = z.strictObject({
  schema_version: z.string(),
  type: z.literal("image"),
  spec: z.strictObject({ ...ImageSpec.shape, owner, versions: z.array(ImageVersion) }),
  state: z
    .strictObject({
      id: z.string(),
      action: Action.optional(),
      versions: z.array(z.strictObject({ id: z.string(), action: Action.optional() })),
    })
    .optional(),
});
export type ImageRecipe = z.infer<typeof ImageRecipe>;

export const Recipe = z.discriminatedUnion("type", [JobRecipe, ImageRecipe]);
export type Recipe = z.infer<typeof Recipe>;
