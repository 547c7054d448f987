import { spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

export interface Check {
  readonly name: string;
  /** A program of `node_modules/.bin`, or a script of ours, and its arguments. */
  readonly line: readonly [string, ...string[]];
}

interface Outcome {
  readonly name: string;
  readonly passed: boolean;
  readonly said: string;
  readonly seconds: number;
}

/** Runs the checks, as many at once as there are cores, and tells of each when it ends; true if all passed. */
export async function runAll(checks: readonly Check[]): Promise<boolean> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const worker = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const outcome = await run(check);
      process.stdout.write(telling(outcome));
      outcomes.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return outcomes.every((outcome) => outcome.passed);
}

function run({ name, line: [program, ...args] }: Check): Promise<Outcome> {
  const started = performance.now();
  const [file, words] = program.endsWith(".ts")
    ? [process.execPath, [program, ...args]]
    : [join(root, "node_modules/.bin", program), args];
  return new Promise((resolve) => {
    const child = spawn(file, words, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const said: Buffer[] = [];
    const end = (passed: boolean) =>
      resolve({
        name,
        passed,
        said: Buffer.concat(said).toString(),
        seconds: (performance.now() - started) / 1000,
      });
    child.stdout.on("data", (part: Buffer) => said.push(part));
    child.stderr.on("data", (part: Buffer) => said.push(part));
    child.on("error", (error) => {
      said.push(Buffer.from(`${error.message}\n`));
      end(false);
    });
    child.on("close", (code) => end(code === 0));
  });
}

function telling({ name, passed, said, seconds }: Outcome): string {
  return passed
    ? `ok    ${name} (${seconds.toFixed(1)} s)\n`
    : `${said.trimEnd()}\nWRONG ${name} (${seconds.toFixed(1)} s)\n`;
}
