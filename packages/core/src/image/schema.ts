import * as z from "zod";
import { entity, failure, Id, Time } from "../kit/index.ts";
import { HardwareType } from "../size/schema.ts";

/** Who may use an image: its owner, its organisation, or everybody on the installation. */
export const Access = z.enum(["owner", "org", "account"]);
export type Access = z.infer<typeof Access>;

export const Name = z
  .string()
  .regex(/^[-a-zA-Z0-9._]{1,128}$/, "must be letters, digits, dots and hyphens");

/** A named line of versions that share hardware and purpose. */
export const Info = z.object({
  id: Id,
  name: Name,
  owner_id: Id,
  org_id: Id,
  description: z.string().max(2048),
  hardware_type: HardwareType,
  supports: z.array(z.string()),
  access: Access,
  created_at: Time,
});
export type Info = z.infer<typeof Info>;

/** One version of an image: here a URI that already exists elsewhere. */
export const Version = z.object({
  id: Id,
  image_id: Id,
  /** What it is called within its image, such as `2026.11.01`. */
  name: z.string().min(1).max(128),
  image_uri: z.string().min(1).max(1024),
  description: z.string(),
  archived: z.boolean(),
  is_external: z.boolean(),
  status: z.enum(["built"]),
  created_at: Time,
});
export type Version = z.infer<typeof Version>;

export const NotFound = failure<{ name: string }>(
  "missing",
  "image.not_found",
  ({ name }) =>
    `There is no image ${name} that you can use. \`cassini list images\` shows those that there are.`,
);
export const Unusable = failure<{ name: string }>(
  "unprocessable",
  "image.unknown_reference",
  ({ name }) =>
    `There is no image ${name} that you can use. Write owner/name:version; \`cassini list images\` shows those that there are.`,
);
export const NameTaken = failure<{ name: string }>(
  "conflict",
  "image.name_taken",
  ({ name }) => `There is an image ${name} already. Add a version to it, or choose another name.`,
);
export const VersionTaken = failure<{ name: string }>(
  "conflict",
  "image.version_taken",
  ({ name }) => `The image has a version ${name} already. Choose another name for the new one.`,
);
export const HardwareMismatch = failure<{
  image: string;
  hardware: string;
  size: string;
  needs: string;
}>(
  "unprocessable",
  "image.hardware_mismatch",
  ({ image, hardware, size, needs }) =>
    `The image ${image} is made for ${hardware}, but size ${size} has ${needs}. Choose a size with ${hardware}, or an image for ${needs}.`,
);
export const BuildsAbsent = failure(
  "unprocessable",
  "image.build_unavailable",
  () => "Images cannot be built here yet. Import an existing one by its image_uri.",
);

/** Whose lists show the image: its owner's, its organisation's, or everybody's. */
const audience = (image: Info): string =>
  ({ owner: image.owner_id, org: image.org_id, account: "account" })[image.access];

export const images = entity({
  type: "image",
  schema: Info,
  key: (id: string) => ({ pk: `image#${id}`, sk: "image" }),
  idOf: (record) => record.id,
  indexes: {
    byOwner: (record) => ({ pk: `${record.owner_id}#image`, sk: record.name }),
    byParent: (record) => ({ pk: `${audience(record)}#images`, sk: `${record.name}#${record.id}` }),
  },
  unique: (record) => [
    { name: `${record.owner_id}/${record.name}`, taken: () => NameTaken({ name: record.name }) },
  ],
});

export const versions = entity({
  type: "image_version",
  schema: Version,
  key: ({ image, id }: { image: string; id: string }) => ({
    pk: `image#${image}`,
    sk: `version#${id}`,
  }),
  idOf: (record) => ({ image: record.image_id, id: record.id }),
  indexes: {
    byParent: (record) => ({ pk: record.image_id, sk: `${record.created_at}#${record.id}` }),
  },
  unique: (record) => [
    { name: `${record.image_id}/${record.name}`, taken: () => VersionTaken({ name: record.name }) },
    { name: `id/${record.id}`, taken: () => VersionTaken({ name: record.name }) },
  ],
});
