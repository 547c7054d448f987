import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import {
  apply,
  boot,
  ended,
  logOf,
  newHome,
  recipe,
  removeHome,
  type Server,
  sharedFolder,
  start,
} from "./server.ts";

const run = promisify(execFile);
let server: Server;
let repository: string;
let commit: string;

beforeAll(async () => {
  server = await boot(await newHome());
  repository = join(await sharedFolder(server.home), "code");
  await mkdir(repository);
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=a", "-c", "user.email=a@b.invalid", ...args], { cwd: repository });
  await git("init", "--quiet", "--initial-branch", "main");
  await writeFile(join(repository, "main.py"), "import sys; print(open(sys.argv[1]).read())\n");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "First");
  await git("tag", "v1");
  commit = (await git("rev-parse", "HEAD")).stdout.trim();
}, 60_000);

afterAll(async () => {
  await server.end();
  await removeHome(server.home);
});

const Commits = z.object({ commits: z.array(z.object({ commit: z.string() })) });

async function ran(name: string, command: string, more: object) {
  const id = await start(server, await apply(server, recipe(name, command, more)));
  return { id, run: await ended(server, id) };
}

describe("a job whose code comes from a repository", () => {
  it.each([
    ["branch", "main"],
    ["tag", "v1"],
  ])(
    "runs what its %s %s holds, with its file, after its start script",
    async (type, reference) => {
      const { id, run: ending } = await ran(
        `by-${type}`,
        "cd code && python3 main.py ~/.config/a.txt",
        {
          git_repositories: [{ url: `file://${repository}`, reference, reference_type: type }],
          config_files: { ".config/a.txt": { content: "said by the file" } },
          start_script: "ls code",
        },
      );
      const { commits } = await server.read(Commits, `/api/runs/${id}`);
      const log = await logOf(server, id);

      expect(ending).toMatchObject({ status: "completed", exit_code: 0 });
      expect(commits).toEqual([expect.objectContaining({ commit })]);
      expect(log.indexOf("main.py")).toBeLessThan(log.indexOf("said by the file"));
    },
  );

  it("ends in error with the reason when the branch is not there", async () => {
    const { run: ending } = await ran("no-branch", "true", {
      git_repositories: [{ url: `file://${repository}`, reference: "nowhere" }],
    });
    expect(ending).toMatchObject({ status: "error", reason: { code: "step.failed" } });
    expect(ending.reason?.sentence).toContain("Cloning the repositories");
    expect(ending.reason?.lines.join("\n")).toContain("nowhere");
  });

  it("ends in error with the reason when the repository is not there", async () => {
    const { run: ending } = await ran("no-repository", "true", {
      git_repositories: [{ url: `file://${repository}-lost` }],
    });
    expect(ending).toMatchObject({ status: "error", reason: { code: "step.failed" } });
  });

  it("ends in error with the start script's last lines when that fails, and never runs its command", async () => {
    const { id, run: ending } = await ran("bad-start", "echo command ran", {
      start_script: "echo about to fail; exit 7",
    });
    expect(ending).toMatchObject({
      status: "error",
      exit_code: 7,
      reason: { sentence: "The start script ended with code 7.", lines: ["about to fail"] },
    });
    expect(await logOf(server, id)).not.toContain("command ran");
  });
});
