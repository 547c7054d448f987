import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refusedStart } from "../testing/server.ts";
import { reportOf, textOf } from "./finding.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "cassini-doctor-test-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A folder of programs that is all that the doctor finds; each answers with its name. */
async function programs(...names: readonly string[]): Promise<string> {
  const path = join(folder, "bin");
  await mkdir(path);
  for (const name of names) {
    await writeFile(join(path, name), `#!/bin/sh\necho the ${name}\n`);
    await chmod(join(path, name), 0o755);
  }
  return path;
}

const doctor = (env: Record<string, string>) =>
  refusedStart(["--doctor", "--home", join(folder, "home")], env);

describe("the doctor", { timeout: 30_000 }, () => {
  it("is content with this machine, and says how tasks run on it", async () => {
    const { code, out } = await doctor({});
    expect(code).toBe(0);
    expect(out.join("\n")).toMatch(/ok {7}bash: GNU bash/);
    expect(out.join("\n")).toMatch(/confinement: /);
    expect(out.at(-1)).toBe("Jobs can run here.");
  });

  it("ends with 1 where something is missing that every job needs, and says how to get it", async () => {
    const PATH = await programs("git");
    const { code, out } = await doctor({ PATH });
    const text = out.join("\n");
    expect(code).toBe(1);
    expect(text).toMatch(
      /missing {2}bash: not found\n +Every job is started by it\.\n +Debian, Ubuntu: apt-get install bash/,
    );
    expect(text).toContain("ok       git: the git");
  });

  it("ends with 1 without a database engine", async () => {
    await symlink("/nowhere", join(folder, "dynoxide"));
    const { code, out } = await doctor({ DYNOXIDE_BIN: join(folder, "dynoxide") });
    expect([code, out.join("\n").includes("missing  database engine")]).toEqual([1, true]);
  });
});

describe("a report", () => {
  it("is bad only where something required is missing", () => {
    const finding = { name: "x", found: "", means: "", remedy: "" };
    const well = reportOf([
      { ...finding, state: "missing", required: false },
      { ...finding, state: "limited", required: true },
    ]);
    const bad = reportOf([{ ...finding, state: "missing", required: true }]);
    expect([well.ok, bad.ok]).toEqual([true, false]);
    expect(textOf(bad)).toContain("Jobs cannot run here");
  });
});
