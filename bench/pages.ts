import { type Figure, percentile, timed } from "./figures.ts";
import { apply, recipe } from "./job.ts";
import { startServer, type Server } from "./server.ts";

const few = 100;
const many = 100_000;
const rounds = 100;

/** A page of 100 jobs when there are 100, and when there are 100,000. */
export async function pages(): Promise<Figure[]> {
  const server = await startServer();
  try {
    await fill(server, 0, few);
    const small = await pageTime(server);
    await fill(server, few, many);
    const large = await pageTime(server);
    return [
      { what: `a page of 100 at ${few} jobs, p50`, value: small, unit: "ms" },
      { what: `a page of 100 at ${many} jobs, p50`, value: large, unit: "ms" },
      { what: "ratio", value: large / small, unit: "×" },
    ];
  } finally {
    await server.stop();
  }
}

async function fill(server: Server, from: number, to: number): Promise<void> {
  let next = from;
  const lane = async (): Promise<void> => {
    while (next < to) {
      const mine = next;
      next += 1;
      await apply(server, recipe(`job-${String(mine).padStart(6, "0")}`));
    }
  };
  await Promise.all(Array.from({ length: 32 }, lane));
}

async function pageTime(server: Server): Promise<number> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1)
    samples.push(await timed(() => server.api("GET", "/api/jobs?page_size=100")));
  return percentile(samples, 0.5);
}
