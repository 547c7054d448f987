import type { Client } from "@cassini/core/client";
import type { Asked } from "../command.ts";
import { NeverRan, RunUnknown } from "../failure.ts";

export type RunDetail = Client.AnswerOf<"GET /api/runs/{id}">;
export type Run = Client.AnswerOf<"GET /api/runs">["runs"][number];

/** The id of the job of exactly that name. */
export async function jobNamed(
  api: Client.Api,
  name: string,
  owner: string | undefined,
): Promise<string> {
  const recipe = await api("GET /api/recipes/{type}/{name}", {
    type: "job",
    name,
    owner_name: owner,
  });
  return recipe.state?.id ?? "";
}

/** The run that a word names: its id, its name, or its job's name for the newest one (an active one before any other). */
export async function runNamed(
  { api }: Pick<Asked, "api">,
  word: string,
  owner: Owner,
): Promise<RunDetail> {
  const newest = isId.test(word) ? undefined : await newestOf(api, word, owner);
  return newest ? api("GET /api/runs/{id}", { id: newest.id }) : exactly(api, word, owner);
}

/** The run of exactly that id or name. */
export async function exactly(api: Client.Api, word: string, owner: Owner): Promise<RunDetail> {
  if (isId.test(word)) return api("GET /api/runs/{id}", { id: word });
  const run = await calledSo(api, word, owner);
  if (!run) throw RunUnknown({ name: word });
  return api("GET /api/runs/{id}", { id: run.id });
}

const isId = /^[0-9a-f]{32}$/;
type Owner = string | undefined;

async function newestOf(
  api: Client.Api,
  job: string,
  owner: string | undefined,
): Promise<Run | undefined> {
  const job_id = await orNothing(jobNamed(api, job, owner));
  if (job_id === undefined) return undefined;
  const { runs } = await api("GET /api/runs", { job_id, owner_name: owner, page_size: 1 });
  if (!runs[0]) throw NeverRan({ name: job });
  return runs[0];
}

/** A run's name is its job's with the beginning of its id. */
async function calledSo(
  api: Client.Api,
  name: string,
  owner: string | undefined,
): Promise<Run | undefined> {
  const job = /^(.+)-[0-9a-f]{8}$/.exec(name)?.[1];
  const job_id = job === undefined ? undefined : await orNothing(jobNamed(api, job, owner));
  if (job_id === undefined) return undefined;
  let next_key: string | undefined;
  do {
    const page = await api("GET /api/runs", {
      job_id,
      owner_name: owner,
      page_size: 1000,
      next_key,
    });
    const found = page.runs.find((run) => run.name === name);
    if (found) return found;
    next_key = page.next_key;
  } while (next_key !== undefined);
  return undefined;
}

async function orNothing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof Error && "kind" in error && error.kind === "missing") return undefined;
    throw error;
  }
}
