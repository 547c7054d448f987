import { collide, inHome } from "./path.ts";
import { PathRefused, type Bundle, type ConfigFile } from "./schema.ts";

/** A job's files with their absolute paths and modes of four digits. Fails with `path.refused`, also where two of them cannot both be. */
export function filesOf(files: Readonly<Record<string, ConfigFile>>): Bundle["files"] {
  const placed = Object.entries(files).map(([path, file]) => ({
    path: fileIn(path),
    content: file.content,
    mode: file.mode.padStart(4, "0"),
  }));
  placed.forEach(({ path }, index) => checkBeside(path, placed.slice(0, index)));
  return placed;
}

function fileIn(path: string): string {
  if (path.endsWith("/")) throw PathRefused({ path, why: "it names a folder. Add the name of the file." });
  return inHome(path);
}

function checkBeside(path: string, others: readonly { path: string }[]): void {
  const other = others.find((each) => collide(each.path, path));
  if (!other) return;
  const why = other.path === path ? "two files have it. Keep one of them." : `${other.path} is there already, and one of the two would have to be a folder. Rename one.`;
  throw PathRefused({ path, why });
}
