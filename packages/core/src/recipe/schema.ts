import * as z from "zod";
import { failure } from "../kit/index.ts";
import { Image } from "../image/index.ts";
import { Job } from "../job/index.ts";
import { Launch } from "../launch/index.ts";
import { Owner } from "../owner/index.ts";

/** The layout of recipes that is written here. */
export const schemaVersion = "2025.10.01";

/** What a recipe can describe. Workspaces and deployments are known by name only, so that a file with one is told so. */
export const types = ["job", "image"] as const;
export const RecipeType = z.enum(types);
export type RecipeType = z.infer<typeof RecipeType>;
export const foreignTypes = ["workspace", "deployment"] as const;

export const UnknownField = failure<{ field: string; place: string; hint: string }>(
  "invalid",
  "recipe.unknown_field",
  ({ field, place, hint }) =>
    `The recipe has a field \`${field}\` in ${place}, which is not known there. ${hint}`,
);
export const Unreadable = failure(
  "invalid",
  "recipe.unreadable",
  () =>
    "This is no recipe: it has neither type and spec, nor images or resources. /api/openapi.json shows what one looks like.",
);
export const TypeUnavailable = failure<{ type: string }>(
  "unprocessable",
  "recipe.type_unavailable",
  ({ type }) => `Recipes of type ${type} cannot be carried out here. Use the type job or image.`,
);
export const PartUnavailable = failure<{ part: string }>(
  "unprocessable",
  "recipe.part_unavailable",
  ({ part }) => `The recipe asks for ${part}, which is not there yet. Leave it out.`,
);
export const VersionUnknown = failure<{ version: string; newest: string }>(
  "unprocessable",
  "recipe.schema_unknown",
  ({ version, newest }) =>
    `The recipe is written for schema ${version}, and the newest one known here is ${newest}. Write it for that one, or update this installation.`,
);
export const NotFound = failure<{ type: string; name: string }>(
  "missing",
  "recipe.not_found",
  ({ type, name }) => `There is no ${type} ${name}.`,
);

const ownerField = z
  .union(Owner.Reference.options, {
    error: "must be written org/identity, or as an object with name, id, user_id or org_id",
  })
  .optional();

const imageField = z.union(Image.Reference.options, {
  error: ({ input }) =>
    input === undefined
      ? "is missing"
      : "must be written owner/name:version, or as an object with tag_id, uri, or name and version",
});

const commandField = z.union(Job.Spec.shape.command.options, {
  error: ({ input }) => (input === undefined ? "is missing" : "must be a text, or a list of texts"),
});

/** What a job's recipe says: all that a job is, whose it is, and whether it is to run. */
export const JobSpec = z.strictObject({
  ...Job.Spec.shape,
  owner: ownerField,
  image: imageField,
  command: commandField,
  extra_packages: Launch.RecipePackages.default({}),
  config_files: z.record(Launch.FilePath, z.strictObject(Launch.ConfigFile.shape)).default({}),
  git_repositories: z.array(z.strictObject(Job.GitRepository.shape)).max(20).default([]),
  status: z.enum(["running", "stopped"]).optional(),
});
export type JobSpec = z.infer<typeof JobSpec>;

export const ImageVersion = z.strictObject({
  name: z.string().min(1).max(128),
  image_uri: z.string().min(1).max(1024).optional(),
  description: z.string().max(2048).default(""),
  archived: z.boolean().default(false),
  build_data: z.record(z.string(), z.unknown()).optional(),
});

export const ImageSpec = z.strictObject({
  name: Image.Name,
  owner: ownerField,
  description: z.string().max(2048).default(""),
  hardware_type: Image.Info.shape.hardware_type.default("CPU"),
  supports: z.array(z.string()).default([]),
  access: Image.Access.default("owner"),
  versions: z.array(ImageVersion).max(100).default([]),
});
export type ImageSpec = z.infer<typeof ImageSpec>;

/** A whole document. `state` is what an answer adds; it is read over. */
const documentOf = <Type extends string, Spec extends z.ZodType>(type: Type, spec: Spec) =>
  z.strictObject({
    schema_version: z.string().optional(),
    type: z.literal(type),
    spec,
    state: z.unknown().optional(),
  });
export const JobDocument = documentOf("job", JobSpec);
export const ImageDocument = documentOf("image", ImageSpec);
/** Any document of the current layout. */
export const Document = z.discriminatedUnion("type", [JobDocument, ImageDocument]);
