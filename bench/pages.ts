import { Job } from "@cassini/core/job";
import { maxChanges, put, timeOf } from "@cassini/core/kit";
import { Owner } from "@cassini/core/owner";
import { connect, dynamoStore, engineOf } from "@cassini/dynamo";
import { startDynoxide } from "@cassini/local/engine";
import { rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";

import { type Figure, percentile, timed } from "./figures.ts";
import { apply, recipe } from "./job.ts";
import { startServer, type Server } from "./server.ts";

const few = 100;
const many = 100_000;
const rounds = 100;

/** A page of 100 jobs when there are 100, and when there are 100,000. */
export async function pages(): Promise<Figure[]> {
  const first = await startServer();
  for (let at = 0; at < few; at += 1) await apply(first, recipe(nameOf(at)));
  const small = await pageTime(first);
  await first.stop({ keep: true });
  await fill(first.home);
  const second = await startServer(first.home);
  const large = await pageTime(second);
  await second.stop({ keep: true });
  await rm(first.home, { recursive: true, force: true });
  return [
    { what: `a page of 100 at ${few} jobs, p50`, value: small, unit: "ms" },
    { what: `a page of 100 at ${many} jobs, p50`, value: large, unit: "ms" },
    { what: "ratio", value: large / small, unit: "×" },
  ];
}

const nameOf = (at: number): string => `job-${String(at).padStart(6, "0")}`;

/** Adds the rest beside the first ones, by the store itself: through the API it would take a quarter of an hour. */
async function fill(home: string): Promise<void> {
  const ignore = (): void => undefined;
  const log = { info: ignore, warn: ignore, error: ignore, flush: ignore };
  const engine = await startDynoxide({ home, log, env: process.env });
  const table = connect({ endpoint: engine.endpoint, table: "cassini", region: "local" });
  const store = dynamoStore(engineOf(table), { now: Date.now });
  const owner = await store.byName(Owner.owners, "local/admin");
  const sample = owner && (await store.byName(Job.jobs, `${owner.id}/${nameOf(0)}`));
  if (!sample) throw new Error("There is no job to be copied.");
  for (let at = few; at < many; at += maxChanges) {
    const numbers = Array.from({ length: Math.min(maxChanges, many - at) }, (_, more) => at + more);
    const copies = numbers.map((number) => copyOf(sample, nameOf(number)));
    await store.commit(
      copies.map((job) => put(Job.jobs, job)),
      [],
      "bench",
    );
  }
  await engine.stop();
}

const copyOf = (job: Job.Info, name: string): Job.Info =>
  Job.Info.parse({
    ...job,
    id: randomUUID().replaceAll("-", ""),
    name,
    created_at: timeOf(Date.now()),
  });

async function pageTime(server: Server): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    samples.push(await timed(() => server.api("GET", "/api/jobs?page_size=100")));
  return percentile(samples, 0.5);
}
