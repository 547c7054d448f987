import { fork, type ChildProcess } from "node:child_process";
import { mainPath } from "@cassini/agent";
import type { Log } from "../log.ts";

/** The agent of this host, as long as the server lives: a process that is started again whenever it dies. */
export interface AgentChild {
  /** Tells it to look at a task. What is lost on the way it finds by itself, a little later. */
  nudge(name: string): void;
  /** Its process, while there is one. */
  pid(): number | undefined;
  /** Ends it; tasks go on. */
  stop(): Promise<void>;
}

/** Milliseconds before an agent that died is replaced: the first time, and at most. */
const firstPause = 20;
const longestPause = 1000;
/** An agent that has lived so long did not die of its start. */
const soundAfter = 1000;

/** Memory for JavaScript's objects, in MB. Buffers, the larger part of what an agent uses, are not among them and are bounded by it. */
const flags = ["--max-old-space-size=48", "--max-semi-space-size=1", "--optimize-for-size"];

interface Wanted {
  readonly tasks: string;
  readonly url: string;
  readonly log: Log;
  /** Where compiled code is kept; nobody else may write there. */
  readonly cache: string;
}

/** Starts the agent. */
export function agentChild({ tasks, url, log, cache }: Wanted): AgentChild {
  let child: ChildProcess | undefined;
  let pause = firstPause;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const start = () => {
    const began = Date.now();
    const env = { PATH: process.env["PATH"], NODE_COMPILE_CACHE: cache };
    const now = fork(mainPath, [tasks, url], {
      execArgv: flags,
      env,
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    child = now;
    now.on("message", (said) => log.info("agent.told", { said }));
    now.once("error", (error) => log.error("agent.failed", { error }));
    now.once("exit", (code, signal) => {
      child = undefined;
      if (stopped) return;
      log.warn("agent.died", { pid: now.pid, code, signal });
      pause = Date.now() - began > soundAfter ? firstPause : Math.min(pause * 2, longestPause);
      timer = setTimeout(start, pause);
    });
  };
  start();
  return {
    nudge: (name) => void (child?.connected && child.send(name, () => undefined)),
    pid: () => child?.pid,
    stop: () => {
      stopped = true;
      clearTimeout(timer);
      return ended(child);
    },
  };
}

const ended = (child: ChildProcess | undefined): Promise<void> =>
  new Promise((resolve) => {
    if (!child || child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once("exit", () => resolve());
    child.kill("SIGKILL");
  });
