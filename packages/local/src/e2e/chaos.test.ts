import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { describe, expect, it } from "vitest";
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

/** Fewer than the long form's 200: what matters is that every kind of process dies many times over. */
const runs = Number(process.env["CASSINI_CHAOS_RUNS"] ?? 50);
const kills = 20;

interface Fate {
  server: Server;
  readonly acknowledged: string[];
}

/** Submits all runs, going on with whichever server is there. */
async function submit(fate: Fate, job: string): Promise<void> {
  while (fate.acknowledged.length < runs) {
    const id = await start(fate.server, job).catch(() => undefined);
    if (id === undefined) await pause(50);
    else fate.acknowledged.push(id);
  }
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

describe("killing server, table and agent at seeded moments", () => {
  it("loses, doubles and leaves behind not one run", { timeout: 300_000 }, async () => {
    const home = await newHome();
    const fate: Fate = { server: await boot(home), acknowledged: [] };
    const witness = join(await sharedFolder(home), "witness");
    const job = await apply(
      fate.server,
      recipe("chaos", `sleep 0.3; echo "$SATURN_JOB_RUN" >> ${witness}`),
    );

    await Promise.all([submit(fate, job), havoc(fate, seeded(20_260_101))]);
    const { server } = fate;
    const finals = await Promise.all(
      fate.acknowledged.map((id) => patient(() => ended(server, id))),
    );
    const all = await server.read(RunList, `/api/runs?job_id=${job}&page_size=1000`);
    const lines = (await readFile(witness, "utf8")).trim().split("\n");
    await server.end();
    await removeHome(home);

    expect(finals.map((run) => [run.status, run.reason?.code])).toEqual(
      finals.map(() => ["completed", undefined]),
    );
    expect(all.runs.filter((run) => run.status !== "completed")).toEqual([]);
    expect(lines.length).toBe(new Set(lines).size);
    expect(lines.length).toBe(all.runs.length);
  });
});
