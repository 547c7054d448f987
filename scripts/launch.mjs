/* Runs the project under its own pinned Node. Plain JavaScript without dependencies: it works on any Node >= 20 before anything is installed. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const stamp = join(modules, ".cache", "cassini", "installed.json");
const needed = 24;

/** What `npm start` and the command line need; everything else comes with "all". */
const selection = {
  local: ["-w", "packages/local", "-w", "packages/cli", "--include-workspace-root", "--omit=dev"],
  all: ["--include=dev"],
};

/**
 * Runs a program of ours under Node 24 in place of this process, installing what it needs first.
 * @param {{ needs: "local" | "all", program: string, args: readonly string[] }} what
 */
export function launch({ needs, program, args }) {
  install(needs);
  become(pinnedNode(), [join(root, program), ...args]);
}

/** @param {"local" | "all"} wanted */
export function install(wanted) {
  const lock = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  const found = installed();
  if (found.lock === lock && (found.what === "all" || found.what === wanted)) return;

  // What is there is completed, never thrown away: something may be running from it.
  const fresh = !existsSync(modules);
  const what = existsSync(join(modules, "vitest")) ? "all" : wanted;
  npm([...(fresh ? ["ci"] : ["install", "--no-save"]), ...selection[what]]);
  mkdirSync(join(stamp, ".."), { recursive: true });
  writeFileSync(stamp, JSON.stringify({ lock, what }));
}

/** @returns {{ lock?: string, what?: string }} */
function installed() {
  try {
    /** @type {unknown} */
    const kept = JSON.parse(readFileSync(stamp, "utf8"));
    return typeof kept === "object" && kept !== null ? kept : {};
  } catch {
    return {}; // Nothing installed by us yet.
  }
}

/** @param {readonly string[]} args */
function npm(args) {
  const own = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : undefined;
  const quiet = ["--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  console.error("Installing what this needs (once)…");
  const { status } = spawnSync(
    own ? process.execPath : "npm",
    [...(own ? [own] : []), ...args, ...quiet],
    {
      cwd: root,
      stdio: ["ignore", 2, 2],
    },
  );
  if (status !== 0)
    giveUp("The installation failed; what npm said is above. Run the same command again to retry.");
}

function pinnedNode() {
  const pinned = join(modules, `node-${process.platform}-${process.arch}`, "bin", "node");
  if (existsSync(pinned)) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= needed) return process.execPath;
  return giveUp(
    `No Node ${needed} is packaged for this platform. Install Node ${needed} and run the same command again.`,
  );
}

/**
 * @param {string} node
 * @param {readonly string[]} args
 */
function become(node, args) {
  const env = { NODE_COMPILE_CACHE: join(modules, ".cache", "node"), ...process.env };
  if (process.execve) process.execve(node, [node, ...args], env);

  const child = spawn(node, args, { stdio: "inherit", env });
  for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]))
    process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) =>
    process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)),
  );
}

/**
 * @param {string} why
 * @returns {never}
 */
function giveUp(why) {
  console.error(why);
  process.exit(1);
}
