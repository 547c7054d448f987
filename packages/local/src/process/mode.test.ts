import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import * as z from "zod";
import type { Mode } from "./confine.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const Outcome = z.object({
  findings: z.array(z.object({ name: z.string(), found: z.string() })),
  results: z.array(
    z.object({
      exit_code: z.int().optional(),
      reason: z.string().optional(),
      text: z.string(),
      home: z.string(),
    }),
  ),
  wrongs: z.array(z.string()),
  left: z.boolean(),
});
interface Job {
  readonly command: string;
  readonly owner_id?: string;
  readonly pip?: string;
}

const program = fileURLToPath(new URL("../testing/run-jobs.ts", import.meta.url));
const nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
const isRoot = process.getuid?.() === 0;

/** Runs jobs on a host of their own, as a user who is not root, or as who runs the tests. */
function runAs(who: "nobody" | "self", mode: Mode, jobs: readonly Job[]): z.infer<typeof Outcome> {
  const words = [
    ...(who === "nobody" && isRoot ? nobody : []),
    process.execPath,
    program,
    JSON.stringify({ modes: [mode], jobs }),
  ];
  const [first = "", ...rest] = words;
  const env = { PATH: process.env["PATH"], LANG: "C.UTF-8" };
  const text = execFileSync(first, rest, {
    env,
    cwd: "/",
    encoding: "utf8",
    timeout: 60_000,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return Outcome.parse(JSON.parse(text));
}

const works = (...words: string[]): boolean =>
  spawnSync(words[0] ?? "", words.slice(1), { stdio: "ignore", cwd: "/" }).status === 0;
const canBeNobody = isRoot
  ? works(
      ...nobody,
      process.execPath,
      "-e",
      `require("fs").readFileSync(${JSON.stringify(program)})`,
    )
  : true;
const hasBubblewrap =
  canBeNobody &&
  works(
    ...(isRoot ? nobody : []),
    "bwrap",
    "--unshare-pid",
    "--dev-bind",
    "/",
    "/",
    "--proc",
    "/proc",
    "true",
  );

if (canBeNobody && !hasBubblewrap && process.env["CI"] === "true")
  throw new Error("There is no bubblewrap to test with, or it cannot make namespaces.");

const alive = (seconds: string): string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8") === `sleep\0${seconds}\0`;
    } catch {
      // No process, or one that has ended by now.
      return false;
    }
  });

const greeting = `echo $HOME; echo "$PWD"; python3 -c 'print(6 * 7)'`;

describe.runIf(canBeNobody)("a server that is not root's, without namespaces", () => {
  it("runs tasks in their own directories, whose paths take the place of /home/jovyan", () => {
    const { findings, results, wrongs, left } = runAs("nobody", "plain", [
      { command: greeting },
      { command: "exit 3" },
    ]);
    const [first, second] = results;
    expect(first?.text).toMatch(/^(\/.*\/tasks\/.*\/home)\n\1\/workspace\n42\n$/);
    expect(second?.exit_code).toBe(3);
    expect(findings).toContainEqual({ name: "confinement", found: "a session for each task" });
    expect(findings.find(({ name }) => name === "owners")?.found).toContain("one user for all");
    expect({ wrongs, left }).toEqual({ wrongs: [], left: false });
  });

  it("ends with a task what it has left in its session", () => {
    const seconds = `${2000 + (process.pid % 1000)}.5`;
    const { results } = runAs("nobody", "plain", [
      { command: `set -m; sleep ${seconds} & sleep ${seconds} & echo done` },
    ]);
    expect(results[0]?.text).toContain("done\n");
    expect(alive(seconds)).toEqual([]);
  });

  it("installs pip packages beside the host's", () => {
    const { results } = runAs("nobody", "plain", [
      { command: "python3 -c 'import sys; print(sys.prefix != sys.base_prefix)'", pip: "pip\n" },
    ]);
    expect(results[0]?.text).toBe("True\n");
  });
});

describe.runIf(isRoot)("a server that is root's, without namespaces", () => {
  it("still runs each owner's tasks as a user of their own, outside of its home", () => {
    const job = { command: `${greeting}; id -u; cat @home/uids.json` };
    const { results, wrongs } = runAs("self", "plain", [job, { ...job, owner_id: "b".repeat(32) }]);
    const [mine, theirs] = results.map(({ text }) => text);
    expect(mine).toMatch(/^(\/var\/lib\/cassini\/.*)\n\1\/workspace\n42\n200000\n/);
    expect(mine).toContain("Permission denied");
    expect(theirs).toContain("\n200001\n");
    rmSync(dirname(mine?.split("\n")[0] ?? ""), { recursive: true, force: true });
    expect(wrongs).toEqual([]);
  });
});

describe.runIf(hasBubblewrap)("a server that is not root's, with bubblewrap", () => {
  it("shows tasks their directory as /home/jovyan, and hides its own home", () => {
    const { findings, results, wrongs } = runAs("nobody", "bubblewrap", [
      { command: `${greeting}; ls @home; cat @home/uids.json; touch ~/here /dev/null` },
      { command: "kill -KILL $$" },
    ]);
    const [first, second] = results;
    expect(first?.text).toMatch(
      /^\/home\/jovyan\n\/home\/jovyan\/workspace\n42\nenvironments\nprocess\ntasks\n/,
    );
    expect(first?.text).toContain("uids.json: No such file");
    expect(second?.exit_code).toBe(137);
    expect(findings).toContainEqual({
      name: "confinement",
      found: "process and mount namespaces by bubblewrap",
    });
    expect(wrongs).toEqual([]);
  });

  it("ends with a task whatever it has left", () => {
    const seconds = `${3000 + (process.pid % 1000)}.5`;
    const { results } = runAs("nobody", "bubblewrap", [
      { command: `setsid sh -c 'sleep ${seconds} &' & sleep 0.2; echo done` },
    ]);
    expect(results[0]?.text).toBe("done\n");
    expect(alive(seconds)).toEqual([]);
  });

  it("installs pip packages beside the host's", () => {
    const { results } = runAs("nobody", "bubblewrap", [
      { command: "python3 -c 'import sys; print(sys.prefix != sys.base_prefix)'", pip: "pip\n" },
    ]);
    expect(results[0]?.text).toBe("True\n");
  });
});
