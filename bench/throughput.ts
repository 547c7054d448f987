import type { Figure } from "./figures.ts";
import { apply, ended, recipe, start } from "./job.ts";
import { startServer, type Server } from "./server.ts";

const submissions = 500;
const atOnce = 16;

/** 500 runs submitted as fast as they are taken, until the last is final: how fast, how many lost, how many doubled. */
export async function throughput(): Promise<Figure[]> {
  const server = await startServer();
  try {
    const job = await apply(server, recipe("many", { command: 'echo "$SATURN_JOB_RUN"' }));
    const began = performance.now();
    const runs = await submitted(server, job);
    const taken = performance.now();
    const states = await inLanes(runs.length, (at) => ended(server, runs[at] ?? ""));
    const over = performance.now();
    return [
      { what: "submissions per second", value: submissions / ((taken - began) / 1000), unit: "/s" },
      {
        what: "runs per second until the 500th is final",
        value: submissions / ((over - began) / 1000),
        unit: "/s",
      },
      {
        what: "lost (not completed)",
        value: states.filter((state) => state !== "completed").length,
        unit: "runs",
      },
      { what: "doubled (one id twice)", value: runs.length - new Set(runs).size, unit: "runs" },
    ];
  } finally {
    await server.stop();
  }
}

const submitted = (server: Server, job: string): Promise<string[]> =>
  inLanes(submissions, () => start(server, job));

/** Does a thing that many times, a few at once as a client with a pool of connections does, and answers what came of each. */
async function inLanes<T>(times: number, work: (at: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < times) {
      const mine = next;
      next += 1;
      results[mine] = await work(mine);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return results;
}
