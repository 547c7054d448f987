import type { GitRepository } from "../job/schema.ts";
import { firstClash, inHome } from "./path.ts";
import { shown } from "./shown.ts";
import { defaultWorkingDirectory, RepositoryRefused, type Repository } from "./schema.ts";

/** What an operator allows of repositories. */
export interface RepositoryRules {
  readonly allowFileRepositories: boolean;
}

/** The repositories of a job as they are cloned: address checked, path settled. Fails with `repository.refused` or `path.refused`. */
export function repositoriesOf(
  named: readonly GitRepository[],
  rules: RepositoryRules,
): Repository[] {
  const placed = named.map((repository) => placedOf(repository, rules));
  checkBeside(placed);
  return placed;
}

/** Where a repository is cloned to when nothing else is said; fails with `repository.refused` where the address has no name in it. */
export function defaultPath(url: string): string {
  const name =
    url
      .replace(/^[a-z]+:\/\/[^/]*/i, "")
      .split("/")
      .findLast((segment) => segment !== "")
      ?.replace(/\.git$/, "") ?? "";
  if (name === "" || name === "." || name === "..")
    refuse(url, "it has no name in it. Write the address of one repository, or give a path.");
  return `${defaultWorkingDirectory}/${name}`;
}

/** The address as git is given it. Fails with `repository.refused`; its sentence never repeats what may be secret. */
export function addressOf(url: string, rules: RepositoryRules): string {
  if (!/^[!-~]+$/.test(url) || /["<>\\^`{|}]/.test(url))
    refuse(url, "an address holds no spaces and no such signs. Percent-encode them.");
  if (overSsh(url))
    refuse(url, `keys for ssh are not there yet. Use its https address${httpsOf(url)}.`);
  const address = URL.canParse(url) ? new URL(url) : undefined;
  const read = address && readers.get(address.protocol);
  return read
    ? read(url, address, rules)
    : refuse(url, "it is no https address. Write it from https:// on.");
}

/** Fails with `repository.refused` for a reference that git would refuse, or take for an option. */
export function checkReference({
  url,
  reference,
  reference_type: type,
}: Pick<GitRepository, "url" | "reference" | "reference_type">): void {
  if (reference === undefined || reference === "") {
    if (type !== "branch")
      refuse(url, `a ${type} is wanted but none is named. Give its name in \`reference\`.`);
    return;
  }
  if (type === "commit" && !/^[0-9a-f]{7,64}$/i.test(reference))
    refuse(url, "the commit is not a hash. Write 7 to 64 hex digits.");
  if (impossible.test(reference))
    refuse(url, `git allows no ${type} with that name. Look its name up with \`git ls-remote\`.`);
}

/** The rules of `git check-ref-format`, and no option of git's command line. */
const impossible = /^[-/.]|[/.]$|\.\.|\/[/.]|@\{|^@$|\.lock(?:\/|$)|[\p{Cc} ~^:?*[\\]/u;

function placedOf(named: GitRepository, rules: RepositoryRules): Repository {
  const url = addressOf(named.url, rules);
  checkReference({ ...named, url });
  const { reference, reference_type } = named;
  return {
    url,
    path: inHome(named.path ?? defaultPath(url)),
    ...(reference !== undefined && reference !== "" && { reference }),
    reference_type,
  };
}

function checkBeside(placed: readonly Repository[]): void {
  const [path, lower] = firstClash(placed.map((repository) => repository.path)) ?? [];
  const first = placed.find((repository) => repository.path === path);
  const last = placed.findLast((repository) => repository.path === lower);
  if (!first || !last) return;
  if (path === lower)
    refuse(
      last.url,
      `its path ${path} is that of ${told(first.url)}, too. Give one of them another path.`,
    );
  refuse(last.url, `its path ${lower} lies in that of ${told(first.url)}. Put them side by side.`);
}

function httpsAddress(url: string, address: URL): string {
  if (address.username !== "" || address.password !== "") {
    refuse(
      url,
      "it has a name or a password in it, which would be stored and logged in plain text. Use the address without it.",
    );
  }
  return withoutExtras(url, address);
}

function fileAddress(url: string, address: URL, rules: RepositoryRules): string {
  if (!rules.allowFileRepositories)
    refuse(
      url,
      "repositories of the host's own disk are not allowed here. Push it to a server and use its https address.",
    );
  if (address.host !== "") refuse(url, "it names a host. Write file:/// and the absolute path.");
  return withoutExtras(url, address);
}

function withoutExtras(url: string, address: URL): string {
  if (/[?#]/.test(url))
    refuse(
      url,
      "it has a part after ? or #, which would be stored and logged. Write the address alone; a branch goes into `reference`.",
    );
  return address.href;
}

const readers: ReadonlyMap<string, (url: string, address: URL, rules: RepositoryRules) => string> =
  new Map([
    ["https:", httpsAddress],
    ["file:", fileAddress],
    [
      "http:",
      (url: string) => refuse(url, "plain http can be read and changed on its way. Use https."),
    ],
  ]);

const overSsh = (url: string): boolean =>
  /^(?:git\+)?ssh:/i.test(url) || /^[^/:]+@[^/:]+:/.test(url);

/** Proposes the https address of the same repository, where one can be told from an ssh address. */
function httpsOf(url: string): string {
  const [, host, path] =
    /^(?:(?:git\+)?ssh:\/\/)?[^@/]*@([A-Za-z0-9.-]+)(?::\d+(?=\/))?[:/]+(.+)$/i.exec(url) ?? [];
  return host === undefined || path === undefined ? "" : `, likely https://${host}/${path}`;
}

function refuse(url: string, why: string): never {
  throw RepositoryRefused({ url: told(url), why });
}

/** The address without its query and fragment, which may be secret as well. */
const told = (url: string): string => shown(url).replace(/[?#].*$/, "?***");
