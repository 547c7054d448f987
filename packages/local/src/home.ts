import { accessSync, chmodSync, constants, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { HomeUnusable } from "./trouble.ts";

/** Where everything of an installation lies. */
export interface Home {
  readonly path: string;
  readonly tokenFile: string;
  readonly keyFile: string;
  readonly logFile: string;
  readonly deadLetters: string;
  readonly objects: string;
}

/** Makes the home if it is not there, closed to other users. Fails with `home.unusable`. */
export function openHome(path: string): Home {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    // Tokens and plans lie inside; an older folder may have been made with a looser mask.
    if ((statSync(path).mode & 0o022) !== 0) chmodSync(path, 0o700);
  } catch (error) {
    const why = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw HomeUnusable({ home: path, why }, error);
  }
  const at = (name: string) => join(path, name);
  return {
    path,
    tokenFile: at("admin.token"),
    keyFile: at("secret.key"),
    logFile: at("server.log"),
    deadLetters: at("dead-letters.jsonl"),
    objects: at("objects"),
  };
}
