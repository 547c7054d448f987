import { setTimeout as sleep } from "node:timers/promises";
import type { TestServer } from "./server.ts";

/** What a run shows, as far as tests look at it. */
export interface ShownRun {
  readonly id: string;
  readonly status: string;
  readonly exit_code: number | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly reason: { readonly code: string } | null;
}

/** Applies a job of that command and starts it once. */
export async function startJob(server: TestServer, name: string, command: string): Promise<string> {
  const spec = { name, image: "local/admin/python:host", instance_type: "micro", command };
  const { state } = await server.api<{ state: { id: string } }>("PUT", "/api/recipes", {
    type: "job",
    spec,
  });
  const { run_id } = await server.api<{ run_id: string }>("POST", `/api/jobs/${state.id}/start`);
  return run_id;
}

export const runOf = (server: TestServer, id: string): Promise<ShownRun> =>
  server.api("GET", `/api/runs/${id}`);

/** The run once it has ended; one that never does is ended by the test's time. */
export async function endOf(server: TestServer, id: string): Promise<ShownRun> {
  const run = await server.api<ShownRun>("GET", `/api/runs/${id}?wait_seconds=20`);
  return run.ended_at === null ? endOf(server, id) : run;
}

/** Ends once the log of a run holds a text. */
export async function logged(server: TestServer, id: string, text: string): Promise<void> {
  while (!(await logOf(server, id)).includes(text)) await sleep(20);
}

/** The text of a run's log so far. */
export async function logOf(server: TestServer, id: string): Promise<string> {
  const { entries } = await server.api<{ entries: { text: string }[] }>(
    "GET",
    `/api/runs/${id}/logs`,
  );
  return entries.map((entry) => entry.text).join("");
}
