import { execFile } from "node:child_process";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Server } from "./server.ts";

const run = promisify(execFile);

/** A job's recipe on the host's own Python; `more` adds to its spec. */
export const recipe = (name: string, more: object = {}): object => ({
  type: "job",
  spec: {
    name,
    image: "local/admin/python:host",
    instance_type: "micro",
    command: "/bin/true",
    ...more,
  },
});

/** Applies a recipe and answers the job's id. */
export async function apply(server: Server, document: object): Promise<string> {
  const { state } = await server.api<{ state: { id: string } }>("PUT", "/api/recipes", document);
  return state.id;
}

/** Starts the job and answers the run's id. */
export async function start(server: Server, job: string): Promise<string> {
  const { run_id } = await server.api<{ run_id: string }>("POST", `/api/jobs/${job}/start`);
  return run_id;
}

/** Waits until the run has ended, as a client sees it. */
export async function ended(server: Server, id: string): Promise<string> {
  for (;;) {
    const { status } = await server.api<{ status: string }>(
      "GET",
      `/api/runs/${id}?wait_seconds=20`,
    );
    if (!["pending", "running", "stopping"].includes(status)) return status;
  }
}

/** A bare repository with one commit, as a job clones it. */
export async function repository(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "cassini-repo-"));
  const git = (...args: string[]) =>
    run("git", ["-c", "user.name=a", "-c", "user.email=a@b.invalid", ...args], { cwd: folder });
  await git("init", "--quiet", "--initial-branch", "main");
  await writeFile(join(folder, "run.py"), "print('hello')\n");
  await git("add", ".");
  await git("commit", "--quiet", "--message", "First");
  return folder;
}
