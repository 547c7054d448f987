import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The top of the repository. */
export const root = join(import.meta.dirname, "../..");

/** A small copy of the repository: its settings and packages, and only the sources that a test plants. */
export interface Plot {
  readonly folder: string;
  remove(): Promise<void>;
}

const settings = ["package.json", "tsconfig.json", "tsconfig.base.json", ".oxlintrc.json"];

/** Plants files, by their path in the repository. */
export async function plant(files: Readonly<Record<string, string>>): Promise<Plot> {
  const folder = await mkdtemp(join(tmpdir(), "cassini-plot-"));
  await Promise.all(settings.map((name) => cp(join(root, name), join(folder, name))));
  await cp(join(root, "packages/core/package.json"), join(folder, "packages/core/package.json"));
  await mkdir(join(folder, "node_modules/@cassini"), { recursive: true });
  await symlink("../../packages/core", join(folder, "node_modules/@cassini/core"));
  await Promise.all(installed.map((name) => lend(folder, name)));
  await Promise.all(Object.entries(files).map(([path, text]) => put(join(folder, path), text)));
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

const installed = ["zod", "vitest", "fast-check", "@types", "oxlint"];

async function lend(folder: string, name: string): Promise<void> {
  await symlink(join(root, "node_modules", name), join(folder, "node_modules", name));
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

/** What a tool of ours prints when it runs in a folder, whether or not it is content. */
export function says(folder: string, tool: string, ...args: readonly string[]): Promise<string> {
  const program = join(root, "node_modules/.bin", tool);
  return new Promise((resolve, reject) => {
    execFile(program, args, { cwd: folder, maxBuffer: 2 ** 28, env: path() }, (error, stdout) => {
      // A linter that finds something ends with a code; one that cannot run has nothing to say.
      if (error && stdout === "") reject(error);
      else resolve(stdout);
    });
  });
}

const path = () => ({
  ...process.env,
  PATH: `${join(root, "node_modules/.bin")}:${process.env["PATH"] ?? ""}`,
});
