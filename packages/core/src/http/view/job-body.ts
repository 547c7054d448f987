import * as z from "zod";
import { Image } from "../../image/index.ts";
import { Job as Jobs } from "../../job/index.ts";
import { failure, InputInvalid } from "../../kit/index.ts";
import { Launch } from "../../launch/index.ts";
import type { Platform } from "../../platform.ts";
import { Size } from "../../size/index.ts";
import { flag } from "../query.ts";
import type { Asked } from "../route.ts";
import { OwnerField, OwnerFields, ownerIn, OwnerQuery, PagedQuery, pageIn } from "./page.ts";

const AttachmentsAbsent = failure(
  "unprocessable",
  "repository.attachments_unavailable",
  () =>
    "Repositories have no records of their own here yet. Name them by address in git_repositories.",
);

const spec = Jobs.Spec.shape;
const cron = z.object({
  schedule: z.string().optional(),
  concurrency_policy: spec.concurrency_policy.unwrap().optional(),
});

/** What requests may say of a job; `image` and `git_repositories` are ours, in the words of recipes. */
const fields = {
  description: spec.description.unwrap().nullish(),
  tags: spec.tags.unwrap().nullish(),
  instance_size: z.string().min(1).nullish(),
  image: z
    .union(Image.Reference.options, {
      error: "must be written owner/name:version, or as an object",
    })
    .nullish(),
  image_uri: z.string().min(1).nullish(),
  image_tag_id: z.string().min(1).nullish(),
  environment_variables: spec.environment_variables.unwrap().nullish(),
  external_repo_attachments: z.array(z.unknown()).nullish(),
  git_repositories: spec.git_repositories.unwrap().nullish(),
  extra_packages: Launch.FlatPackages.nullish(),
  config_files: spec.config_files.unwrap().nullish(),
  start_script: z.string().nullish(),
  working_dir: spec.working_directory.unwrap().nullish(),
  is_spot: z.boolean().nullish(),
  start_dind: z.boolean().nullish(),
  scale: spec.scale.unwrap().nullish(),
  retries: spec.retries.unwrap().nullish(),
  cron_schedule_options: cron.nullish(),
};

export const JobCreate = OwnerFields.extend({
  ...fields,
  name: Jobs.Name,
  owner: OwnerField.nullish(),
  command: z.string().min(1),
});
export const JobUpdate = z.object({
  ...fields,
  name: Jobs.Name.optional(),
  command: z.string().min(1).optional(),
});
type Fields = z.infer<typeof JobUpdate>;

export function readJob(body: z.infer<typeof JobCreate>, platform: Platform): object {
  const image = imageIn(body);
  if (image === undefined) {
    throw InputInvalid({
      problems:
        "image_tag_id: is missing; /api/jobs/info proposes an image for each kind of hardware",
    });
  }
  const size = Size.proposed(platform.sizes, "CPU")?.name;
  return { instance_type: size, ...storedFields(body), owner: ownerIn(body) };
}

/** Only what the request names; what it names as null takes its default again. */
export const readJobChanges = (body: Fields): Record<string, unknown> => storedFields(body);

function storedFields(body: Fields): Record<string, unknown> {
  if (body.external_repo_attachments && body.external_repo_attachments.length > 0)
    throw AttachmentsAbsent({});
  const { extra_packages: flat } = body;
  return said({
    name: body.name,
    description: body.description,
    tags: body.tags,
    instance_type: body.instance_size,
    image: imageIn(body),
    environment_variables: body.environment_variables,
    git_repositories: body.git_repositories,
    extra_packages: flat && Launch.packagesFromFlat(flat),
    config_files: body.config_files,
    start_script: body.start_script,
    working_directory: body.working_dir,
    use_spot_instance: body.is_spot,
    start_dind: body.start_dind,
    command: body.command === undefined ? undefined : Jobs.commandFrom(body.command),
    scale: body.scale,
    retries: body.retries,
    ...scheduleIn(body.cron_schedule_options),
  });
}

function imageIn({ image, image_uri, image_tag_id }: Fields): Image.Reference | undefined {
  if (image_tag_id) return { tag_id: image_tag_id };
  if (image_uri) return { uri: image_uri };
  return typeof image === "string" ? Image.referenceFrom(image) : (image ?? undefined);
}

const scheduleIn = (options: z.infer<typeof cron> | null | undefined) =>
  options === null
    ? { schedule: null }
    : { schedule: options?.schedule, concurrency_policy: options?.concurrency_policy };

/** Without what is undefined; null becomes undefined, which stands for the default. */
const said = (values: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value ?? undefined]],
    ),
  );

export const JobQuery = PagedQuery.extend({ ...OwnerQuery.shape, name: z.string().optional() });

export const readJobQuery = (query: z.infer<typeof JobQuery>) => ({
  ...pageIn(query),
  owner: ownerIn(query),
  name: query.name,
});

export const JobRemoval = z.object({ allow_active: flag.default(false) });

/** The body of a start, which may be empty. */
export const JobStart = z.object({ debug_mode: z.boolean().nullish() });

export const readJobStart = ({ path, body }: Asked<z.infer<typeof JobStart>>) => ({
  id: path["id"],
  debug_mode: body.debug_mode ?? undefined,
});
