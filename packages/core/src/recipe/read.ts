import { InputInvalid } from "../kit/index.ts";
import { Image } from "../image/index.ts";
import { Job } from "../job/index.ts";
import {
  foreignTypes,
  ImageDocument,
  JobDocument,
  PartUnavailable,
  TypeUnavailable,
  types,
  VersionUnknown,
  type ImageSpec,
  type JobSpec,
} from "./schema.ts";
import { strictly } from "./strict.ts";

export type Read =
  | { readonly type: "job"; readonly spec: JobSpec }
  | { readonly type: "image"; readonly spec: ImageSpec };

/** Reads a document of the current layout. What is null in it is as if it were not said. */
export function readDocument(document: unknown, dropUnknown: boolean): Read {
  if (!isRecord(document))
    throw InputInvalid({ problems: "a recipe must be an object with type and spec" });
  const { type, spec } = document;
  checkVersion(document["schema_version"]);
  if (foreignTypes.some((foreign) => foreign === type))
    throw TypeUnavailable({ type: String(type) });
  if (type !== "job" && type !== "image")
    throw InputInvalid({ problems: `type: must be one of ${types.join(", ")}` });
  if (!isRecord(spec)) throw InputInvalid({ problems: "spec: must be an object" });
  const said = { ...document, spec: type === "job" ? tidiedJob(spec) : withoutNulls(spec) };
  if (type === "image") return { type, spec: strictly(ImageDocument, said, dropUnknown).spec };
  return { type, spec: strictly(JobDocument, said, dropUnknown).spec };
}

/** The newest layout that was ever written, by anybody. */
const newestVersion = "2026.02.01";

/** Any layout up to the newest is read; fails with `recipe.schema_unknown` for a later one. */
export function checkVersion(version: unknown): void {
  if (version === undefined || version === null) return;
  const known =
    typeof version === "string" &&
    /^\d{4}\.\d{2}\.\d{2}$/.test(version) &&
    version <= newestVersion;
  if (!known) throw VersionUnknown({ version: told(version), newest: newestVersion });
}

const told = (version: unknown): string =>
  typeof version === "string" ? version.slice(0, 32) : "without a text";

/** Parts of a job's recipe that nothing here can carry out yet: nothing said of them is fine, anything else is not. */
const absentParts = ["secrets", "shared_folders", "dask_cluster"] as const;

function tidiedJob(spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const said = withoutNulls(spec);
  for (const part of absentParts) {
    if (!isEmpty(said[part])) throw PartUnavailable({ part });
  }
  const { secrets: _, shared_folders: __, dask_cluster: ___, command, image, ...rest } = said;
  return {
    ...rest,
    ...(command !== undefined && {
      command: typeof command === "string" ? Job.commandFrom(command) : command,
    }),
    ...(image !== undefined && {
      image: typeof image === "string" ? Image.referenceFrom(image) : image,
    }),
  };
}

const isEmpty = (value: unknown): boolean =>
  value === undefined || (Array.isArray(value) && value.length === 0);

/** A spec without its nulls, also those of the objects in its lists. */
function withoutNulls(spec: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(said(spec)).map(([key, value]) => [
      key,
      Array.isArray(value)
        ? value.map((item: unknown) => (isRecord(item) ? said(item) : item))
        : value,
    ]),
  );
}

const said = (record: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
