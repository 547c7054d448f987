import { readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { FolderForeign, ServerUnknown } from "../failure.ts";
import type { Io } from "../io.ts";
import { readCredentials } from "./credentials.ts";

/** A server that was found, and from where it is known. */
export interface Found {
  readonly url: string;
  readonly token: string | undefined;
  readonly source: string;
  /** What to do when nobody answers there. */
  readonly start: string;
}

interface Said {
  readonly url: string | undefined;
  readonly token: string | undefined;
}

/**
 * The server to ask: what the environment says wins, then `cassini login`, then the local server whose home
 * lies here or in a folder above. A token that the environment does not say is looked for with the address that it says.
 */
export function findServer(io: Pick<Io, "env" | "cwd" | "home" | "uid">): Found {
  const said = fromEnvironment(io.env);
  if (said.url && said.token) return { ...fromOutside, url: said.url, token: said.token };
  const known =
    fitting(fromCredentials(io.home), said) ?? fitting(fromFolder(io.cwd, io.uid), said);
  if (known) return { ...known, token: said.token ?? known.token };
  if (said.url) return { ...fromOutside, url: said.url, token: undefined };
  throw ServerUnknown({});
}

const fitting = (found: Found | undefined, said: Said): Found | undefined =>
  said.url === undefined || said.url === found?.url ? found : undefined;

const fromOutside = {
  source: "the environment",
  start: "The address is that of CASSINI_URL; check it, or start the server there.",
} as const;

const fromEnvironment = (env: Io["env"]): Said => ({
  url: (env["CASSINI_URL"] || env["SATURN_BASE_URL"])?.replace(/\/+$/, ""),
  token: env["CASSINI_TOKEN"] || env["SATURN_TOKEN"],
});

function fromCredentials(home: string): Found | undefined {
  const kept = readCredentials(home);
  const start = "You signed in there with `cassini login`; `cassini logout` forgets it.";
  return kept && { ...kept, source: "`cassini login`", start };
}

/**
 * The home of a local server: the nearest `.cassini` that holds a token, here or above. It decides where recipes are
 * sent, so one that somebody else has put there is refused.
 */
function fromFolder(folder: string, uid: Io["uid"]): Found | undefined {
  const path = join(folder, ".cassini");
  const token = textOf(join(path, "admin.token"));
  if (token === undefined)
    return dirname(folder) === folder ? undefined : fromFolder(dirname(folder), uid);
  if (uid !== undefined && statSync(path).uid !== uid) throw FolderForeign({ path });
  const port = /"port":\s*(\d+)/.exec(textOf(join(path, "server.lock")) ?? "")?.[1] ?? usualPort;
  return {
    url: `http://127.0.0.1:${port}`,
    token: token.trim(),
    source: path,
    start: `Start it: npm start (in ${folder}).`,
  };
}

/** The port of a server that nobody has told otherwise; the lock of one that runs says which it has. */
const usualPort = "8080";

/** The file's text; nothing where it is not there or not ours to read. */
function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // The next folder may have one.
    return undefined;
  }
}
