import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";

/** What a test may need from the machine beyond Node, and how to find out. */
const engines = {
  bash: () => answers("bash", "-c", "true"),
  bwrap: () => answers("bwrap", "--dev-bind", "/", "/", "--unshare-pid", "--proc", "/proc", "true"),
  chromium: () => answers("chromium", "--version"),
  docker: () => answers("docker", "version"),
  dynoxide: () => isInstalled("@dynoxide/linux-x64/package.json"),
  git: () => answers("git", "--version"),
  "name spaces": () => answers("unshare", "--net", "true"),
  python: () => answers("python3", "-c", "import ensurepip, venv"),
  root: () => process.getuid?.() === 0,
  sc: () => arePrograms(process.env["CASSINI_TEST_SC_BIN"] ?? ""),
} satisfies Record<string, () => boolean>;

export type Engine = keyof typeof engines;

const known = new Map<Engine, boolean>();

/**
 * The options of a test that runs only where its engines are: `it("clones", needs("git"), async () => …)`.
 * With `CI=true` the want of an engine is a failure instead.
 */
export function needs(...names: readonly [Engine, ...Engine[]]): { readonly skip: boolean } {
  const missing = names.filter((name) => !has(name));
  if (missing.length > 0 && process.env["CI"] === "true") {
    throw new Error(
      `This machine has no ${missing.join(", no ")}, and with CI=true nothing may be skipped.`,
    );
  }
  return { skip: missing.length > 0 };
}

function has(name: Engine): boolean {
  const found = known.get(name) ?? engines[name]();
  known.set(name, found);
  return found;
}

function answers(program: string, ...args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: "ignore", timeout: 10_000 });
    return true;
  } catch {
    return false; // Not there, or there and of no use.
  }
}

function isInstalled(path: string): boolean {
  try {
    createRequire(import.meta.url).resolve(path);
    return true;
  } catch {
    return false; // Not packaged for this platform.
  }
}

function arePrograms(paths: string): boolean {
  try {
    for (const path of paths.split(":")) accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false; // Not set, or set to something that cannot run.
  }
}
