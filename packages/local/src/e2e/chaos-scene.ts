import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { expect } from "vitest";
import { kill, patient, seeded, targets } from "./chaos.ts";
import {
  apply,
  boot,
  ended,
  newHome,
  recipe,
  removeHome,
  RunList,
  sharedFolder,
  type Server,
  start,
} from "./server.ts";

const lanes = 8;
const kills = 20;

interface Fate {
  server: Server;
  readonly acknowledged: string[];
}

/** Submits all runs, each to whichever server is there. */
async function submit(fate: Fate, job: string, runs: number): Promise<void> {
  let left = runs;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      fate.acknowledged.push(await patient(() => start(fate.server, job)));
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Kills one process after the other at seeded moments. */
async function havoc(fate: Fate, random: () => number): Promise<void> {
  for (let count = 0; count < kills; count += 1) {
    await pause(50 + random() * 400);
    fate.server = await kill(
      fate.server,
      targets[Math.floor(random() * targets.length)] ?? "server",
    );
  }
}

/** Keeps that many runs in flight while one process after the other is killed, and expects each of them to have run once. */
export async function survives(runs: number): Promise<void> {
  const home = await newHome();
  const fate: Fate = { server: await boot(home), acknowledged: [] };
  const witness = join(await sharedFolder(home), "witness");
  const job = await apply(
    fate.server,
    recipe("chaos", `sleep 5; echo "$SATURN_JOB_RUN" >> ${witness}`),
  );

  await Promise.all([submit(fate, job, runs), havoc(fate, seeded(20_260_101))]);
  const { server } = fate;
  // A start whose answer was lost with its server may have made a run all the same: it counts, too.
  const all = await patient(() => server.read(RunList, `/api/runs?job_id=${job}&page_size=1000`));
  const finals = await Promise.all(all.runs.map(({ id }) => patient(() => ended(server, id))));
  const lines = (await readFile(witness, "utf8")).trim().split("\n");
  await server.end();
  await removeHome(home);

  expect(finals.map((run) => [run.status, run.reason?.code])).toEqual(
    finals.map(() => ["completed", undefined]),
  );
  const made = all.runs.map(({ id }) => id);
  expect(made).toEqual(expect.arrayContaining(fate.acknowledged));
  expect(lines.length).toBe(new Set(lines).size);
  expect(lines.length).toBe(made.length);
}
