import { cpSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Launch } from "@cassini/core/launch";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { testRepository, type TestRepository } from "../testing/repository.ts";
import { textOf } from "../testing/task-rules.ts";
import { taskHost, type TaskHost } from "../testing/tasks.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TaskHost;
let repository: TestRepository;
beforeAll(async () => {
  host = await taskHost();
  repository = testRepository();
});
afterAll(async () => {
  await host.close();
  rmSync(repository.folder, { recursive: true });
});

const path = "/home/jovyan/workspace/project";
const show = `cd ${path} && cat file && git rev-parse HEAD && git status --porcelain && git symbolic-ref -q --short HEAD; true`;

const cloned = async (wanted: Omit<Launch.Repository, "url" | "path">) =>
  host.run({ repositories: [{ url: repository.url, path, ...wanted }], command: show });

describe("cloning a repository", () => {
  it("checks out the branch that the repository takes for its own when none is named", async () => {
    const seen = await cloned({ reference_type: "branch" });
    const { second } = repository.commits;
    expect(textOf(seen)).toBe(`second\n${second}\nmain\n`);
    expect(seen.reports.at(-1)?.commits).toEqual([{ url: repository.url, path, commit: second }]);
    expect(seen.reports.at(-1)?.steps.map(({ name }) => name)).toEqual([
      "environment",
      "repositories",
      "command",
    ]);
    expect(textOf(seen, "repositories")).toContain(`Checked out ${second}`);
  });

  it("checks out a branch", async () => {
    const { side } = repository.commits;
    expect(textOf(await cloned({ reference_type: "branch", reference: "side" }))).toBe(
      `side\n${side}\nside\n`,
    );
  });

  it("checks out a tag's commit, also where a branch has its name", async () => {
    const { first, side } = repository.commits;
    expect(textOf(await cloned({ reference_type: "tag", reference: "v1" }))).toBe(
      `first\n${first}\n`,
    );
    expect(textOf(await cloned({ reference_type: "branch", reference: "v1" }))).toBe(
      `side\n${side}\nv1\n`,
    );
  });

  it("checks out any commit, in full or by the begin of its name", async () => {
    const { first, side } = repository.commits;
    expect(textOf(await cloned({ reference_type: "commit", reference: first }))).toBe(
      `first\n${first}\n`,
    );
    expect(textOf(await cloned({ reference_type: "commit", reference: side.slice(0, 9) }))).toBe(
      `side\n${side}\n`,
    );
  });

  it.each([
    [
      "a branch that is not there",
      { reference_type: "branch", reference: "nowhere" },
      "The branch nowhere could not be fetched",
    ],
    [
      "a tag that is not there",
      { reference_type: "tag", reference: "v9" },
      "The tag v9 could not be fetched",
    ],
    [
      "a commit that is not there",
      { reference_type: "commit", reference: "0".repeat(40) },
      "leads to the commit",
    ],
  ] as const)("fails with %s, and the command is not run", async (_, wanted, sentence) => {
    const seen = await cloned(wanted);
    const last = seen.reports.at(-1);
    expect(last?.steps.map(({ name, state }) => [name, state])).toEqual([
      ["environment", "succeeded"],
      ["repositories", "failed"],
    ]);
    expect(last?.lines.join("\n")).toContain(sentence);
    expect(seen.ended).not.toHaveProperty("exit_code");
    expect(seen.ended).not.toHaveProperty("reason");
  });

  it("fails where there is no repository", async () => {
    const seen = await host.run({
      repositories: [{ url: `${repository.url}/nowhere`, path, reference_type: "branch" }],
    });
    expect(seen.reports.at(-1)?.lines.join("\n")).toContain("could not be read");
  });

  it("fails for what lies in the server's home, also by a link", async () => {
    const hidden = join(host.home, "tasks", "repository");
    cpSync(join(repository.folder, "bare.git"), hidden, { recursive: true });
    symlinkSync(hidden, join(repository.folder, "link"));
    for (const url of [hidden, join(repository.folder, "link")].map(
      (at) => pathToFileURL(at).href,
    )) {
      const seen = await host.run({ repositories: [{ url, path, reference_type: "branch" }] });
      expect(seen.reports.at(-1)?.lines).toEqual([`The repository ${url} is not one for tasks.`]);
    }
    rmSync(hidden, { recursive: true });
  });

  it("belongs to the task: its command can change what was cloned, and commit", async () => {
    const command = `cd ${path} && echo more >>file && git -c user.name=a -c user.email=a@b commit -qam more && git log --format=%s -1`;
    const seen = await host.run({
      repositories: [{ url: repository.url, path, reference_type: "branch" }],
      command,
    });
    expect(textOf(seen)).toBe("more\n");
  });

  it("keeps to the rules of the task API", () => {
    expect(host.api.wrongs).toEqual([]);
  });
});
