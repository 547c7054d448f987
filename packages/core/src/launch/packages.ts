import * as z from "zod";
import { parse } from "../kit/index.ts";
import { Packages, PackagesInvalid, TextRefused } from "./schema.ts";
import { unixLines } from "./shell.ts";
import { itemsOf, packageKinds, type PackageKind } from "./word.ts";

/**
 * Packages as recipes may write them: for each kind an object, or the list alone as a text.
 * What is null or blank is as if it were not there.
 */
export const RecipePackages = z.preprocess(tidied, Packages);

/** Reads packages in the form of recipes, short or long; fails with `input.invalid`. */
export const packagesFrom = (recipe: unknown): Packages => parse(RecipePackages, recipe);

/** Packages as the typed API writes them: one text for each kind, and what two of the texts are. */
export const FlatPackages = z.object({
  pip: z.string().nullable().default(null),
  as_requirements_txt: z.boolean().default(false),
  conda: z.string().nullable().default(null),
  as_environment_yml: z.boolean().default(false),
  apt: z.string().nullable().default(null),
  cran: z.string().nullable().default(null),
  remotes: z.string().nullable().default(null),
  bioconductor: z.string().nullable().default(null),
  use_mamba: z.boolean().default(false),
});
export type FlatPackages = z.infer<typeof FlatPackages>;

/** Reads packages in the form of the typed API. */
export const packagesFromFlat = ({
  as_requirements_txt,
  as_environment_yml,
  use_mamba,
  pip,
  conda,
  ...others
}: FlatPackages): Packages =>
  packagesFrom({
    ...others,
    pip: as_requirements_txt ? { requirements_txt: pip } : pip,
    conda: {
      ...(as_environment_yml ? { environment_yml: conda } : { install: conda }),
      ...(use_mamba && { use_mamba }),
    },
  });

/** Shows packages in the form of the typed API, which has no word for `cran.repo` and `remotes.remote`: they are left out. */
export const packagesToFlat = (packages: Packages): FlatPackages => ({
  pip: contentOf(packages, "pip"),
  as_requirements_txt: fileOf(packages, "pip") !== undefined,
  conda: contentOf(packages, "conda"),
  as_environment_yml: fileOf(packages, "conda") !== undefined,
  apt: contentOf(packages, "apt"),
  cran: contentOf(packages, "cran"),
  remotes: contentOf(packages, "remotes"),
  bioconductor: contentOf(packages, "bioconductor"),
  use_mamba: packages.conda?.use_mamba ?? false,
});

/** The kinds that have something to install, in the order in which they are installed. */
export const kindsUsed = (packages: Packages): PackageKind[] =>
  packageKinds.filter((kind) => contentOf(packages, kind) !== null);

/** Fails with `packages.invalid` for what no package can be, and for a list and a file at once. */
export function checkPackages(packages: Packages): void {
  for (const kind of kindsUsed(packages)) {
    checkFile(kind, listOf(packages, kind), fileOf(packages, kind));
    itemsOf(kind, listOf(packages, kind) ?? "");
  }
  if (mirror.test(packages.cran?.repo ?? "https://none")) return;
  const why = "repo is no address of a mirror. Write it from https:// on, without a password.";
  throw PackagesInvalid({ kind: "cran", why });
}

function checkFile(kind: PackageKind, list: string | undefined, file: string | undefined): void {
  if (file === undefined) return;
  const field = kind === "pip" ? "requirements_txt" : "environment_yml";
  const why = `install and ${field} are both given. Keep one of them.`;
  if (list !== undefined) throw PackagesInvalid({ kind, why });
  if (file.includes("\0")) throw TextRefused({ field });
}

/** The pip packages as the text of a requirements file; empty where there are none. */
export function pipText(packages: Packages): string {
  const file = fileOf(packages, "pip");
  if (file !== undefined) return unixLines(file);
  return itemsOf("pip", listOf(packages, "pip") ?? "")
    .map((item) => `${item.join(" ")}\n`)
    .join("");
}

/** The list of a kind, unless it is blank. */
export const listOf = (packages: Packages, kind: PackageKind): string | undefined =>
  said(packages[kind]?.install);

/** The text of the file of a kind that can have one, unless it is blank. */
export function fileOf(packages: Packages, kind: PackageKind): string | undefined {
  if (kind === "pip") return said(packages.pip?.requirements_txt);
  return kind === "conda" ? said(packages.conda?.environment_yml) : undefined;
}

const mirror = /^https?:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:\/[A-Za-z0-9._~/+%-]*)?$/;

const contentOf = (packages: Packages, kind: PackageKind): string | null =>
  fileOf(packages, kind) ?? listOf(packages, kind) ?? null;

const said = (text: string | undefined): string | undefined =>
  text === undefined || text.trim() === "" ? undefined : text;

function tidied(input: unknown): unknown {
  if (input === null || input === undefined) return {};
  if (!isRecord(input)) return input;
  const parts = Object.entries(input).map(([kind, part]) => [kind, tidyPart(part)] as const);
  return Object.fromEntries(parts.filter(([, part]) => part !== undefined));
}

/** One kind in its long form; undefined where nothing is to be installed. */
function tidyPart(part: unknown): unknown {
  if (part === null || isBlank(part)) return undefined;
  if (typeof part === "string") return { install: part };
  if (!isRecord(part)) return part;
  const given = Object.entries(part).filter(([, value]) => value !== null && !isBlank(value));
  return given.every(([key]) => refinements.has(key)) ? undefined : Object.fromEntries(given);
}

/** Keys that say how to install; alone they install nothing. */
const refinements: ReadonlySet<string> = new Set(["use_mamba", "repo", "remote"]);

const isBlank = (value: unknown): boolean => typeof value === "string" && value.trim() === "";
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
