import { spawn } from "node:child_process";
import { once } from "node:events";
import { type Figure, spread, timed } from "./figures.ts";
import { apply, ended, recipe, repository, start } from "./job.ts";
import { peers } from "./peers/peers.ts";
import { startServer, type Server } from "./server.ts";

const warmUps = 20;
const rounds = 100;

/** Request to final state seen by the client, with and without attachments, beside the floor and two peers. */
export async function latency(): Promise<Figure[]> {
  const server = await startServer();
  try {
    const bare = await apply(server, recipe("bare"));
    const whole = await apply(server, recipe("whole", await attachments()));
    return [
      ...spread("floor: spawn /bin/true", await series(spawned)),
      ...spread("job without attachments", await series(() => oneRun(server, bare))),
      ...spread(
        "job with repository, file and start script",
        await series(() => oneRun(server, whole)),
      ),
      ...(await peers()),
    ];
  } finally {
    await server.stop();
  }
}

const attachments = async (): Promise<object> => ({
  git_repositories: [{ url: `file://${await repository()}` }],
  config_files: { ".config/app.toml": { content: "level = 1\n" } },
  start_script: "echo starting",
});

async function oneRun(server: Server, job: string): Promise<void> {
  const state = await ended(server, await start(server, job));
  if (state !== "completed") throw new Error(`The run ended in ${state}.`);
}

async function spawned(): Promise<void> {
  await once(spawn("/bin/true", { stdio: "ignore" }), "exit");
}

async function series(work: () => Promise<void>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < warmUps + rounds; round += 1) {
    const took = await timed(work);
    if (round >= warmUps) samples.push(took);
  }
  return samples;
}
