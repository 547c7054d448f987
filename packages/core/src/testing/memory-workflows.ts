import type { World } from "../world.ts";
import { Run } from "../run/index.ts";
import type { Workflows } from "../run/workflow.ts";

export interface MemoryWorkflows extends Workflows {
  /** Ends when no execution has anything left to do but wait for its token. */
  quiet(): Promise<void>;
  /** Forgets every execution, as a killed interpreter does. */
  forget(): void;
  /** The names of all executions that were started. */
  readonly started: () => readonly string[];
}

/** The run's state machine, played step by step: prepare, launch and wait for the token, settle; whatever fails goes to settle. */
export function memoryWorkflows(worldOf: () => World): MemoryWorkflows {
  let executions = new Map<string, Promise<void>>();
  let waiting = new Map<string, () => void>();
  let busy = 0;
  let tokens = 0;

  const working = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    busy += 1;
    try {
      return await work();
    } catch {
      return undefined;
    } finally {
      busy -= 1;
    }
  };
  const launched = async (input: Run.AttemptName): Promise<void> => {
    tokens += 1;
    const token = `token-${tokens}`;
    const resumed = new Promise<void>((resolve) => waiting.set(token, resolve));
    const done = await working(async () => {
      await Run.prepare(worldOf(), input);
      await Run.launch(worldOf(), { ...input, token });
      return true;
    });
    if (done) await resumed;
  };
  const execute = async (input: Run.AttemptName): Promise<void> => {
    const mine = executions;
    await launched(input);
    if (mine === executions) await working(() => Run.settle(worldOf(), input));
  };
  return {
    async start(name, input) {
      if (!executions.has(name)) executions.set(name, execute(input));
    },
    async succeed(token) {
      waiting.get(token)?.();
      waiting.delete(token);
    },
    async quiet() {
      do await new Promise((resolve) => setTimeout(resolve, 0));
      while (busy > 0);
    },
    forget() {
      executions = new Map();
      waiting = new Map();
    },
    started: () => [...executions.keys()],
  };
}
