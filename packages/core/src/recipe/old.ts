import * as z from "zod";
import { checkVersion, isRecord } from "./read.ts";
import { TypeUnavailable, Unreadable } from "./schema.ts";
import { strictly } from "./strict.ts";

const text = z.string().nullish();

const OldJob = z.strictObject({
  instance_type: z.string(),
  command: z.string(),
  schedule: text,
  backoff_limit: z.int().min(1).nullish(),
  concurrency_policy: z.string().nullish(),
});

const OldRepository = z.strictObject({
  url: z.string(),
  path: text,
  public: z.unknown().optional(),
  on_restart: text,
  reference_type: text,
  reference: text,
});

/** Parts that the current layout reads itself, under the same name. */
const asNow = z.unknown().optional();

/** A resource of the layouts up to 2022.08.01: what it is stands in a block of its own. */
const OldResource = z.strictObject({
  schema_version: asNow,
  name: asNow,
  owner: asNow,
  description: asNow,
  image: asNow,
  image_uri: text,
  working_directory: asNow,
  extra_packages: asNow,
  start_script: asNow,
  environment_variables: asNow,
  git_repositories: z.array(OldRepository).nullish(),
  shared_folders: asNow,
  secrets: asNow,
  dask_cluster: asNow,
  visibility: asNow,
  job: OldJob.nullish(),
  jupyter_server: asNow,
  rstudio_server: asNow,
  deployment: asNow,
});

const OldImage = z.strictObject({
  schema_version: asNow,
  name: asNow,
  owner: asNow,
  description: asNow,
  hardware_type: z.string(),
  supports: asNow,
  visibility: asNow,
  versions: asNow,
});

const OldSet = z.strictObject({
  schema_version: asNow,
  name: asNow,
  description: asNow,
  resources: z.array(z.unknown()).nullish(),
  images: z.array(z.unknown()).nullish(),
  templates: z.array(z.unknown()).nullish(),
});

/**
 * The documents of the current layout that a body stands for: itself, one of an older layout, or the members of a set,
 * images first since jobs may use them.
 */
export function documentsIn(body: unknown, dropUnknown: boolean): readonly unknown[] {
  if (!isRecord(body)) throw Unreadable({});
  checkVersion(body["schema_version"]);
  if (!isSet(body)) return [current(body, dropUnknown)];
  const { images, resources, templates } = strictly(OldSet, body, dropUnknown);
  if (templates && templates.length > 0) throw TypeUnavailable({ type: "template" });
  return [...(images ?? []), ...(resources ?? [])].map((member) => current(member, dropUnknown));
}

const isSet = (body: object): boolean =>
  !("spec" in body) && ["images", "resources", "templates"].some((key) => key in body);

const blocks = {
  jupyter_server: "workspace",
  rstudio_server: "workspace",
  deployment: "deployment",
} as const;

function current(document: unknown, dropUnknown: boolean): unknown {
  if (!isRecord(document)) throw Unreadable({});
  checkVersion(document["schema_version"]);
  if ("spec" in document) return document;
  refuseForeign(document);
  if ("job" in document) return jobOf(strictly(OldResource, document, dropUnknown));
  if ("hardware_type" in document || "versions" in document)
    return imageOf(strictly(OldImage, document, dropUnknown));
  throw Unreadable({});
}

function refuseForeign(document: Readonly<Record<string, unknown>>): void {
  for (const [block, type] of Object.entries(blocks)) {
    if (isRecord(document[block])) throw TypeUnavailable({ type });
  }
}

/** What an old layout leaves unsaid has its own old default, which is said here. */
function jobOf(old: z.infer<typeof OldResource>): unknown {
  const {
    schema_version: _,
    visibility: __,
    job,
    image_uri,
    git_repositories,
    extra_packages,
    ...same
  } = old;
  const { backoff_limit, ...own } = job ?? {};
  return {
    type: "job",
    spec: {
      ...same,
      ...own,
      ...(image_uri && { image: { uri: image_uri } }),
      retries: backoff_limit ?? 3,
      git_repositories: git_repositories?.map((repository) => ({
        ...repository,
        on_restart: repository.on_restart ?? "preserve changes",
        public: repository.public ?? true,
      })),
      extra_packages: withMamba(extra_packages),
    },
  };
}

function withMamba(packages: unknown): unknown {
  if (!isRecord(packages) || !isRecord(packages["conda"])) return packages;
  return { ...packages, conda: { use_mamba: true, ...packages["conda"] } };
}

const hardwareTypes: Readonly<Record<string, string>> = { cpu: "CPU", gpu: "NVIDIA" };

function imageOf(old: z.infer<typeof OldImage>): unknown {
  const { schema_version: _, visibility, hardware_type, ...same } = old;
  return {
    type: "image",
    spec: {
      ...same,
      access: visibility,
      hardware_type: hardwareTypes[hardware_type] ?? hardware_type,
    },
  };
}
