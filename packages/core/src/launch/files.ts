import { firstClash, inHome } from "./path.ts";
import { PathRefused, type Bundle, type ConfigFile } from "./schema.ts";

/** A job's files with their absolute paths and modes of four digits. Fails with `path.refused`, also where two of them cannot both be. */
export function filesOf(files: Readonly<Record<string, ConfigFile>>): Bundle["files"] {
  const placed = Object.entries(files).map(([path, file]) => ({
    path: fileIn(path),
    content: file.content,
    mode: file.mode.padStart(4, "0"),
  }));
  const [path, other] = firstClash(placed.map((file) => file.path)) ?? [];
  if (path === undefined) return placed;
  const why =
    path === other
      ? "two files have it. Keep one of them."
      : `${other} would make a folder of it. Rename one of the two.`;
  throw PathRefused({ path, why });
}

function fileIn(path: string): string {
  if (path.endsWith("/"))
    throw PathRefused({ path, why: "it names a folder. Add the name of the file." });
  return inHome(path);
}
