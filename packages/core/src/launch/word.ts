import { PackagesInvalid, type Packages } from "./schema.ts";
import { shown } from "./shown.ts";

/** The six kinds in the order in which they are installed: libraries of the system first, then Python, then R. */
export const packageKinds = [
  "apt",
  "conda",
  "pip",
  "cran",
  "bioconductor",
  "remotes",
] as const satisfies readonly (keyof Packages)[];
export type PackageKind = (typeof packageKinds)[number];

interface Rule {
  readonly word: RegExp;
  /** What such a word looks like, and where everything else goes. */
  readonly hint: string;
  readonly flags: readonly string[];
  readonly settings: readonly string[];
}

const host = String.raw`[A-Za-z0-9.-]+(?::\d+)?`;
const rest = String.raw`[A-Za-z0-9._~:\/?#@!+,=%&-]*`;
const gitAddress = String.raw`(?:git\+)?https:\/\/${host}\/${rest}`;
const pipName = String.raw`[A-Za-z0-9][A-Za-z0-9._-]*(?:\[[A-Za-z0-9._, -]*\])?`;
const pipClause = String.raw` *(?:===|[=~!<>]=|[<>]) *[A-Za-z0-9.*+!_-]+ *`;
const condaVersion = String.raw` *(?:[=<>!~]=|[=<>]) *[A-Za-z0-9.*+!_-]+`;

const noOptions = { flags: [], settings: [] };

const rules: Record<PackageKind, Rule> = {
  pip: {
    word: new RegExp(
      `^(?:${pipName}(?: *@ *${gitAddress}|${pipClause}(?:,${pipClause})*)?|${gitAddress})$`,
    ),
    hint: "Write name, name==1.2 or an https address without a password, no spaces within; all else goes into requirements_txt",
    flags: ["--pre", "--prefer-binary", "--no-index"],
    settings: [
      "-i",
      "--index-url",
      "--extra-index-url",
      "-f",
      "--find-links",
      "--trusted-host",
      "--no-binary",
      "--only-binary",
    ],
  },
  conda: {
    word: new RegExp(
      `^(?:[A-Za-z0-9][A-Za-z0-9._\\/-]*::)?[A-Za-z0-9_][A-Za-z0-9._-]*(?:${condaVersion}(?:,${condaVersion})*(?:=[A-Za-z0-9_.*]+)?)?$`,
    ),
    hint: "Write name, name=1.2 or channel::name, no spaces within; all else goes into environment_yml",
    flags: ["--override-channels"],
    settings: ["-c", "--channel"],
  },
  apt: {
    word: /^[a-z0-9][a-z0-9+.-]*[a-z0-9+](?::[a-z0-9-]+)?(?:=[A-Za-z0-9.+:~-]+|\/[a-z0-9-]+)?$/,
    hint: "Write name or name=version; all else goes into the start script",
    ...noOptions,
  },
  cran: {
    word: /^[A-Za-z][A-Za-z0-9.]*$/,
    hint: "Write the package's name alone; another version of it goes into the start script",
    ...noOptions,
  },
  bioconductor: {
    word: /^[A-Za-z][A-Za-z0-9.]*$/,
    hint: "Write the package's name alone; all else goes into the start script",
    ...noOptions,
  },
  remotes: {
    word: new RegExp(
      `^(?:[A-Za-z0-9][A-Za-z0-9._-]*(?:\\/[A-Za-z0-9._-]+)+(?:[@#][A-Za-z0-9._*\\/-]+)?|https:\\/\\/${host}\\/${rest})$`,
    ),
    hint: "Write owner/name, owner/name@version or an https address without a password",
    ...noOptions,
  },
};

const longestWord = 500;

/** What the settings of pip and conda may be set to: a name, a list or an address; neither a password nor an option. */
const settingValue = new RegExp(
  `^(?:https?:\\/\\/${host}(?:\\/${rest.replace("@", "")})?|[A-Za-z0-9:][A-Za-z0-9._:,\\/-]*)$`,
);

const chunk = /(?:[^\s'"]|'[^']*'|"[^"]*")+/g;

/**
 * Reads a list of packages: words parted by white space, each of them alone or, for an option with a value, in twos.
 * Quotes may stand around a word, as people are used to from the shell. Fails with `packages.invalid`.
 */
export function itemsOf(kind: PackageKind, list: string): string[][] {
  if (list.replaceAll(chunk, "").trim() !== "")
    throw PackagesInvalid({
      kind,
      why: "a quote is opened and not closed. Close it, or leave quotes out.",
    });
  const parts = (list.match(chunk) ?? []).map(unquoted).values();
  const items: string[][] = [];
  for (const part of parts) items.push(itemOf(kind, part, parts));
  return items;
}

const unquoted = (word: string): string =>
  word.replaceAll(
    /'([^']*)'|"([^"]*)"/g,
    (_, single?: string, double?: string) => single ?? double ?? "",
  );

/** The item that begins with a word; an option takes its value from the words that follow. */
function itemOf(
  kind: PackageKind,
  first: string,
  following: Iterator<string, undefined>,
): string[] {
  if (!first.startsWith("-")) return [checked(kind, first)];
  const rule = rules[kind];
  if (rule.flags.includes(first)) return [first];
  const [, option = first, joined] = /^(--[a-z-]+)=(.*)$/s.exec(first) ?? [];
  if (!rule.settings.includes(option))
    throw PackagesInvalid({ kind, why: unknownOption(rule, option) });
  return [option, valueOf(kind, option, joined ?? following.next().value ?? "")];
}

function valueOf(kind: PackageKind, option: string, value: string): string {
  if (value.length <= longestWord && settingValue.test(value)) return value;
  const told = shown(value, 80);
  throw PackagesInvalid({
    kind,
    why: `\`${told}\` is no value for ${option}. Write a name or an address without a password in it.`,
  });
}

function checked(kind: PackageKind, word: string): string {
  const { word: pattern, hint } = rules[kind];
  if (word.length <= longestWord && pattern.test(word)) return word;
  throw PackagesInvalid({
    kind,
    why: `\`${shown(word, 80)}\` is not one that can be installed by name. ${hint}.`,
  });
}

function unknownOption({ flags, settings, hint }: Rule, option: string): string {
  const known = [...flags, ...settings].join(", ");
  return `\`${shown(option, 80)}\` is no option that can stand here${known === "" ? "" : `; those are ${known}`}. ${hint}.`;
}
