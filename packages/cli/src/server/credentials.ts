import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What `cassini login` keeps. */
export interface Credentials {
  readonly url: string;
  readonly token: string;
}

export const credentialsPath = (home: string): string =>
  join(home, ".config", "cassini", "credentials.json");

/** What was kept, if anything was that can be read. */
export function readCredentials(home: string): Credentials | undefined {
  const kept = parsed(home);
  if (typeof kept !== "object" || kept === null || !("url" in kept) || !("token" in kept))
    return undefined;
  const { url, token } = kept;
  return typeof url === "string" && typeof token === "string" ? { url, token } : undefined;
}

function parsed(home: string): unknown {
  try {
    return JSON.parse(readFileSync(credentialsPath(home), "utf8"));
  } catch {
    // Nobody has signed in yet.
    return undefined;
  }
}

/** Keeps them in one step, for this person's eyes only. */
export function keepCredentials(home: string, credentials: Credentials): string {
  const path = credentialsPath(home);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(credentials, undefined, 2)}\n`, { mode: 0o600 });
  chmodSync(draft, 0o600);
  renameSync(draft, path);
  return path;
}

/** Forgets what was kept. */
export const forgetCredentials = (home: string): void =>
  rmSync(credentialsPath(home), { force: true });
