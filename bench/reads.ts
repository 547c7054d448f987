import { Agent, get } from "node:http";
import { type Figure, percentile } from "./figures.ts";
import { apply, ended, recipe, start } from "./job.ts";
import { startServer, type Server } from "./server.ts";

const connections = 32;
const seconds = 10;

/** Reads of one job and of one run at 32 connections, from another process' point of view. */
export async function reads(): Promise<Figure[]> {
  const server = await startServer();
  try {
    const job = await apply(server, recipe("read"));
    const run = await start(server, job);
    await ended(server, run);
    return [
      ...(await load(server, "GET a job", `/api/jobs/${job}`)),
      ...(await load(server, "GET a run", `/api/runs/${run}`)),
    ];
  } finally {
    await server.stop();
  }
}

async function load(server: Server, what: string, path: string): Promise<Figure[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const samples: number[] = [];
  const end = performance.now() + seconds * 1000;
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const began = performance.now();
      await read(server, path, agent);
      samples.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  agent.destroy();
  return [
    {
      what: `${what}, requests per second`,
      value: samples.length / seconds,
      unit: "/s",
      note: `${connections} connections`,
    },
    { what: `${what}, p99`, value: percentile(samples, 0.99), unit: "ms" },
  ];
}

const read = (server: Server, path: string, agent: Agent): Promise<void> =>
  new Promise((resolve, reject) => {
    const request = get(
      server.url + path,
      { agent, headers: { authorization: `Bearer ${server.token}` } },
      (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${path} answered ${answer.statusCode}.`));
        answer.resume().on("end", resolve);
      },
    );
    request.on("error", reject);
  });
