import { execFileSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A bare repository with a history: on `main` first and second, a tag `v1` on first, and `side` with a commit of its own. */
export interface TestRepository {
  readonly folder: string;
  readonly url: string;
  readonly commits: Readonly<Record<"first" | "second" | "side", string>>;
}

export function testRepository(): TestRepository {
  // As private as such folders are: only the user of this process can look into it.
  const folder = mkdtempSync(join(tmpdir(), "cassini-repository-"));
  const work = join(folder, "work");
  const env = { PATH: process.env["PATH"], HOME: folder, GIT_CONFIG_NOSYSTEM: "1" };
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], {
      cwd: folder,
      env,
      encoding: "utf8",
    }).trim();
  const commit = (name: string) => {
    writeFileSync(join(work, "file"), `${name}\n`);
    git("-C", work, "add", "file");
    git("-C", work, "commit", "-qm", name);
    return git("-C", work, "rev-parse", "HEAD");
  };
  git("init", "-q", "-b", "main", work);
  const first = commit("first");
  git("-C", work, "tag", "-a", "v1", "-m", "v1");
  const second = commit("second");
  git("-C", work, "checkout", "-qb", "side", first);
  const side = commit("side");
  // A branch that has the name of the tag: which of them is meant is said by the type.
  git("-C", work, "branch", "v1", side);
  git("-C", work, "checkout", "-q", "main");
  git("clone", "-q", "--bare", work, join(folder, "bare.git"));
  return {
    folder,
    url: pathToFileURL(join(folder, "bare.git")).href,
    commits: { first, second, side },
  };
}
