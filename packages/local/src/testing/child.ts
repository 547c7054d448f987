import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** A process of our own code. */
export interface Child {
  readonly pid: number;
  /** The next line that it says; empty once it has ended. */
  line(): Promise<string>;
  tell(text: string): void;
  /** Kills it without a word, and ends when it is gone. */
  kill(): Promise<void>;
}

/** Runs a script of this folder as a process of its own. */
export function runs(script: string, ...args: readonly string[]): Child {
  const path = fileURLToPath(new URL(script, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], { stdio: ["pipe", "pipe", "inherit"] });
  const gone = once(child, "exit");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? 0,
    line: async () => (await lines.next()).value ?? "",
    tell: (text) => void child.stdin.write(`${text}\n`),
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
  };
}
