import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, rm } from "node:fs/promises";
import { type Figure, spread } from "./figures.ts";
import { apply, ended, recipe, start } from "./job.ts";
import { readyUrl, root, startServer, type Server } from "./server.ts";

const runsBefore = 1000;
const starts = 10;

/** Time of the second start from the shell, memory of all our processes after 1,000 runs, and writes per run. */
export async function footprint(): Promise<Figure[]> {
  const server = await startServer();
  const job = await apply(server, recipe("many"));
  const writes = await writesOf(server);
  for (let round = 0; round < runsBefore / 10; round += 1) {
    const runs = await Promise.all(Array.from({ length: 10 }, () => start(server, job)));
    await Promise.all(runs.map((id) => ended(server, id)));
  }
  const perRun = ((await writesOf(server)) - writes) / runsBefore;
  const memory = await memoryOf(server.pid);
  await server.stop({ keep: true });
  const again = await secondStarts(server.home);
  await rm(server.home, { recursive: true, force: true });
  return [
    { what: "memory of all our processes after 1,000 runs (PSS)", value: memory, unit: "MB" },
    { what: "write requests per run", value: perRun, unit: "" },
    ...spread("second start, from the shell to ready", again),
  ];
}

/** The write requests that the server has sent to its table so far, as its metrics tell. */
async function writesOf(server: Server): Promise<number> {
  const text = await (
    await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${server.token}` } })
  ).text();
  return Number(/^cassini_store_writes_total (\d+)/m.exec(text)?.[1] ?? Number.NaN);
}

/** Proportional set size of a process and all that come from it, in MB. */
async function memoryOf(pid: number): Promise<number> {
  const family = await familyOf(pid);
  const sizes = await Promise.all(
    family.map(
      async (member) =>
        /^Pss:\s+(\d+)/m.exec(await readFile(`/proc/${member}/smaps_rollup`, "utf8"))?.[1],
    ),
  );
  return sizes.reduce((sum, kilobytes) => sum + Number(kilobytes ?? 0), 0) / 1024;
}

async function familyOf(pid: number): Promise<number[]> {
  const all = (await readdir("/proc")).map(Number).filter((id) => id > 0);
  const parents = new Map(
    await Promise.all(all.map(async (id) => [id, await parentOf(id)] as const)),
  );
  const isKin = (id: number): boolean =>
    id === pid || (parents.get(id) !== undefined && isKin(parents.get(id) ?? 0));
  return all.filter((id) => isKin(id));
}

async function parentOf(pid: number): Promise<number | undefined> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  const parent = /^PPid:\s+(\d+)/m.exec(status)?.[1];
  return parent === undefined || parent === "0" ? undefined : Number(parent);
}

async function secondStarts(home: string): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < starts; round += 1) {
    const began = performance.now();
    const child = spawn("npm", ["start", "--silent", "--", "--home", home, "--port", "0"], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    await readyUrl(child);
    samples.push(performance.now() - began);
    child.kill("SIGTERM");
    await once(child, "exit");
  }
  return samples;
}
