import * as z from "zod";
import { Image as Images } from "../../image/index.ts";
import { wireTime } from "../../kit/index.ts";
import { HardwareType } from "../../size/schema.ts";
import { flag } from "../query.ts";
import { Owner, showOwner } from "./owner.ts";
import {
  keyFields,
  keysOf,
  OwnerField,
  OwnerFields,
  ownerIn,
  OwnerQuery,
  PagedQuery,
  pageIn,
} from "./page.ts";

const Access = z.enum(["account", "org", "owner"]);

export const Image = z.strictObject({
  id: z.string(),
  name: z.string(),
  owner: Owner,
  description: z.string(),
  created_at: z.string(),
  hardware_type: HardwareType,
  supports: z.array(z.string()),
  access: Access,
  is_base: z.boolean(),
  is_gpu: z.boolean(),
  trusted: z.boolean(),
});

export const ImageList = z.strictObject({ images: z.array(Image), ...keyFields });

export const showImage = ({
  image,
  owner,
}: Pick<Images.Detail, "image" | "owner">): z.infer<typeof Image> => ({
  id: image.id,
  name: image.name,
  owner: showOwner(owner),
  description: image.description,
  created_at: wireTime(image.created_at),
  hardware_type: image.hardware_type,
  supports: image.supports,
  access: image.access,
  is_base: false,
  is_gpu: image.hardware_type !== "CPU",
  trusted: true,
});

export const ImageQuery = PagedQuery.extend({
  ...OwnerQuery.shape,
  name: z.string().optional(),
  access: Access.optional(),
  supports: z.string().optional(),
  hardware_type: HardwareType.optional(),
  is_base: flag.default(false),
});
type Query = z.infer<typeof ImageQuery>;

export const readImageQuery = (query: Query) => ({
  ...pageIn(query),
  owner: ownerIn(query),
  name: query.name,
  access: query.access,
});

/** A page of images; those that do not fit the query's finer words are left out of it. */
export function showImages(
  page: {
    items: readonly Images.Detail[];
    next_key?: string | undefined;
    prev_key?: string | undefined;
  },
  query: Query,
): z.infer<typeof ImageList> {
  const fitting = page.items.filter(({ image }) => fits(image, query));
  return { images: fitting.map(showImage), ...keysOf(page) };
}

const fits = (image: Images.Info, query: Query): boolean =>
  !query.is_base &&
  (query.hardware_type === undefined || image.hardware_type === query.hardware_type) &&
  (query.supports === undefined || image.supports.includes(query.supports));

export const ImageCreate = OwnerFields.extend({
  name: Images.Name,
  owner: OwnerField.nullish(),
  description: z.string().max(2048).nullish(),
  hardware_type: HardwareType.optional(),
  supports: z.array(z.string()).optional(),
  access: Access.optional(),
});

export const readImage = (body: z.infer<typeof ImageCreate>) => ({
  name: body.name,
  owner: ownerIn(body),
  description: body.description ?? "",
  hardware_type: body.hardware_type,
  supports: body.supports,
  access: body.access,
});
