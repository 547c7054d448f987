import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Figure, spread, timed } from "../figures.ts";

const run = promisify(execFile);
const folder = import.meta.dirname;
const venv = join(folder, ".venv");
const python = join(venv, "bin/python");
const rounds = 10;

/** The peers that are timed beside us, as they come and tuned for speed. */
export async function peers(): Promise<Figure[]> {
  await run("python3", ["-m", "venv", venv]);
  await run(
    python,
    ["-m", "pip", "install", "--quiet", "metaflow==2.19.39", "prefect==3.8.8", "fastapi==0.150.0"],
    { maxBuffer: 1 << 26 },
  );
  return [
    ...(await metaflow()),
    ...(await prefect("default", {})),
    ...(await prefect("tuned", {
      PREFECT_WORKER_QUERY_SECONDS: "0.5",
      PREFECT_WORKER_PREFETCH_SECONDS: "60",
    })),
  ];
}

async function metaflow(): Promise<Figure[]> {
  const home = await mkdtemp(join(tmpdir(), "metaflow-"));
  const env = { ...process.env, HOME: home, USERNAME: "bench", METAFLOW_HOME: home };
  const oneRun = async (more: string[]) =>
    timed(() => run(python, [join(folder, "flow.py"), ...more, "run"], { env, cwd: home }));
  const plain = await series(() => oneRun([]));
  const tuned = await series(() => oneRun(["--quiet", "--no-pylint", "--metadata=local"]));
  await rm(home, { recursive: true, force: true });
  return [
    ...spread("Metaflow, default", plain),
    ...spread("Metaflow, tuned", tuned, "--quiet --no-pylint --metadata=local"),
  ];
}

async function prefect(name: string, settings: Record<string, string>): Promise<Figure[]> {
  const home = await mkdtemp(join(tmpdir(), "prefect-"));
  await mkdir(home, { recursive: true });
  const port = "14200";
  const env = {
    ...process.env,
    PREFECT_HOME: home,
    PREFECT_API_URL: `http://127.0.0.1:${port}/api`,
    PREFECT_SERVER_ANALYTICS_ENABLED: "false",
    ...settings,
  };
  const command = (...args: string[]) =>
    spawn(join(venv, "bin/prefect"), args, { env, stdio: "ignore" });
  const server = command("server", "start", "--host", "127.0.0.1", "--port", port);
  try {
    await answers(`http://127.0.0.1:${port}/api/health`);
    await run(join(venv, "bin/prefect"), ["work-pool", "create", "bench", "--type", "process"], {
      env,
    });
    await run(python, [join(folder, "prefect_flow.py"), "deploy", folder], { env });
    const worker = command("worker", "start", "--pool", "bench");
    const { stdout } = await run(
      python,
      [join(folder, "prefect_flow.py"), "measure", String(rounds)],
      { env },
    );
    await stopped(worker);
    return spread(
      `Prefect, ${name}`,
      stdout.trim().split("\n").map(Number),
      "process worker, SQLite",
    );
  } finally {
    await stopped(server);
    await rm(home, { recursive: true, force: true });
  }
}

async function stopped(child: ChildProcess): Promise<void> {
  child.kill("SIGINT");
  if (child.exitCode === null) await once(child, "exit");
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 120; tries += 1) {
    if (
      await fetch(url).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error(`${url} does not answer.`);
}

async function series(work: () => Promise<number>): Promise<number[]> {
  const samples: number[] = [];
  for (let round = 0; round < rounds; round += 1) samples.push(await work());
  return samples;
}
