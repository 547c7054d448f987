import * as z from "zod";
import { Image as Images } from "../../image/index.ts";
import { compact, wireTime } from "../../kit/index.ts";
import type { Owner } from "../../owner/index.ts";
import { flag } from "../query.ts";
import { Image, showImage } from "./image.ts";
import { keyFields, keysOf, PagedQuery, pageIn } from "./page.ts";

/** A version of an image, which the API calls a tag. */
export const ImageTag = z.strictObject({
  id: z.string(),
  created_at: z.string(),
  image: Image,
  image_uri: z.string(),
  description: z.string(),
  version: z.string(),
  archived: z.boolean(),
  is_external: z.boolean(),
  status: z.enum(["built", "building", "error", "pending", "stopping"]),
});

export const ImageTagList = z.strictObject({ image_tags: z.array(ImageTag), ...keyFields });

interface Known {
  readonly image: Images.Info;
  readonly owner: Owner.Info;
  readonly version: Images.Version;
}

export const showImageTag = ({ image, owner, version }: Known): z.infer<typeof ImageTag> => ({
  id: version.id,
  created_at: wireTime(version.created_at),
  image: showImage({ image, owner }),
  image_uri: version.image_uri,
  description: version.description,
  version: version.name,
  archived: version.archived,
  is_external: version.is_external,
  status: version.status,
});

/** What stands for the tag of a resource that runs on a bare URI: clients expect one. */
export function showBareUri(
  uri: string,
  owner: Owner.Info,
  since: string,
): z.infer<typeof ImageTag> {
  const id = "";
  const tag = /:([^:/]+)$/.exec(uri)?.[1] ?? "latest";
  const stored = {
    id,
    org_id: owner.org_id,
    owner_id: owner.id,
    created_at: since,
    description: "",
  };
  const image: Images.Info = {
    ...stored,
    name: uri,
    hardware_type: "CPU",
    supports: [],
    access: "owner",
  };
  const version: Images.Version = {
    ...stored,
    image_id: id,
    image_uri: uri,
    name: tag,
    archived: false,
    is_external: true,
    status: "built",
  };
  return showImageTag({ image, owner, version });
}

export const ImageTagQuery = PagedQuery.extend({
  version: z.string().optional(),
  image_uri: z.string().optional(),
  is_external: flag.optional(),
  archived: flag.optional(),
  status: z.string().optional(),
});
type Query = z.infer<typeof ImageTagQuery>;

export const readImageTagQuery = (query: Query, imageId: string | undefined) => ({
  ...pageIn(query),
  image_id: imageId,
});

/** A page of tags; those that do not fit the query's finer words are left out of it. */
export function showImageTags(
  page: Images.Detail & {
    items: readonly Images.Version[];
    next_key?: string | undefined;
    prev_key?: string | undefined;
  },
  query: Query,
): z.infer<typeof ImageTagList> {
  const { version: name, image_uri, is_external, archived, status } = query;
  const asked = Object.entries(compact({ name, image_uri, is_external, archived, status }));
  const fitting = page.items.filter((item) =>
    asked.every(([field, value]) => new Map(Object.entries(item)).get(field) === value),
  );
  return {
    image_tags: fitting.map((item) => showImageTag({ ...page, version: item })),
    ...keysOf(page),
  };
}

export const ImageTagCreate = z.object({
  image_uri: z.string().min(1).max(1024).nullish(),
  version: z.string().max(128).nullish(),
  description: z.string().max(2048).nullish(),
  build_data: z.record(z.string(), z.unknown()).nullish(),
});

/** An external version. Fails with `image.build_unavailable` for one that is to be built. */
export function readImageTag(body: z.infer<typeof ImageTagCreate>, imageId: string | undefined) {
  if (!body.image_uri) throw Images.BuildsAbsent({});
  return {
    image_id: imageId,
    image_uri: body.image_uri,
    name: body.version ?? "",
    description: body.description ?? "",
  };
}
