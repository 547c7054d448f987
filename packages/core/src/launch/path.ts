import { home, PathRefused, taskFolder } from "./schema.ts";
import { shown } from "./shown.ts";

/** The absolute path of a file or folder that a task is given: a relative one lies in the home directory. Fails with `path.refused`. */
export function inHome(path: string): string {
  checkPlain(path);
  const whole = path.startsWith("/") ? path : `${home}/${path.replace(/^~\//, "")}`;
  const segments = whole.split("/").filter((segment) => segment !== "" && segment !== ".");
  const clean = `/${segments.join("/")}`;
  if (segments.includes(".."))
    throw PathRefused({ path, why: "it leads upwards. Write the path without `..`." });
  if (!within(home, clean)) {
    throw PathRefused({
      path,
      why: `files and repositories of a task lie below ${home}. Write a path relative to it, and let the start script copy from there.`,
    });
  }
  if (within(taskFolder, `${clean}/.`))
    throw PathRefused({ path, why: `${taskFolder} is the platform's own. Choose another folder.` });
  return clean;
}

/** Whether a path lies below a folder; the folder itself does not. */
export const within = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);

/** The first two of many paths that cannot both be there: they are one, or the second lies below the first. */
export function firstClash(paths: readonly string[]): readonly [string, string] | undefined {
  // With its slash a folder is the beginning of whatever lies in it, so all of that comes right after it.
  const sorted = paths.map((path) => `${path}/`).toSorted();
  const upper = sorted.find((path, index) => sorted[index + 1]?.startsWith(path));
  const lower = upper && sorted[sorted.indexOf(upper) + 1];
  return upper && lower ? [upper.slice(0, -1), lower.slice(0, -1)] : undefined;
}

/** Fails with `path.refused` for a directory that no shell can enter by its name. */
export function checkWorkingDirectory(path: string): void {
  checkPlain(path);
  if (!path.startsWith("/") || path.split("/").includes("..")) {
    throw PathRefused({
      path,
      why: "a working directory is an absolute path without `..`. Write it out, from / on.",
    });
  }
}

function checkPlain(path: string): void {
  if (!/\p{Cc}/u.test(path)) return;
  throw PathRefused({ path: shown(path), why: "it holds a control character. Take it out." });
}
