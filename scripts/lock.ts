import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Lock, missing } from "./lock/platforms.ts";

/**
 * `npm run lock`, after a change of dependencies: writes down the platform packages that npm left out because the
 * registry at hand does not carry them. Without that, `npm ci` refuses the lock everywhere.
 */

const file = join(import.meta.dirname, "../package-lock.json");
const kept = readFileSync(file, "utf8");
const added = Object.entries(missing(Lock.parse(JSON.parse(kept))));

const entries = added.map(
  ([path, entry]) => `    ${JSON.stringify(path)}: ${JSON.stringify(entry)}`,
);
const end = kept.lastIndexOf("\n  }\n}");
if (entries.length > 0) {
  writeFileSync(file, `${kept.slice(0, end)},\n${entries.join(",\n")}${kept.slice(end)}`);
}
