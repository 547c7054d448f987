import type { StateMachine } from "aws-local-stepfunctions";
import { randomUUID } from "node:crypto";
import type { Run } from "@cassini/core/run";
import type { World } from "@cassini/core/world";
import type { Log } from "../log.ts";
import { playable, type Definition } from "./definition.ts";
import { stepWorker, type Execution, type Step, type StepWorker } from "./step-worker.ts";

interface Wanted {
  readonly definition: Definition;
  readonly steps: Readonly<Record<string, Step>>;
  readonly world: () => World;
  readonly log: Log;
  /** How long a state is waited for before its timer is set anew. */
  readonly rearmSeconds?: number;
}

export interface Engine extends Run.Workflows {
  /** Loads the interpreter, so that the first execution need not. */
  warm(): Promise<void>;
  /** The names of the executions that have not ended. */
  active(): readonly string[];
  /** Starts nothing any more and ends when no step is at work; executions that wait are forgotten. */
  stop(): Promise<void>;
}

/** Timers hold 24.8 days at most; a longer wait is several of them. */
const longestTimerSeconds = 20 * 24 * 3600;

/**
 * Runs state machines in this process. Executions live in memory alone and are forgotten when they end: what they
 * have done stands in the records, so that the sweeper may start one of the same name again without harm.
 */
export function workflowEngine(wanted: Wanted): Engine {
  const { definition, log } = wanted;
  const running = new Map<string, Execution>();
  const tokens = new Map<string, Execution>();
  const worker = stepWorker(wanted);
  const machine = lazily(() => interpreter(definition, wanted.rearmSeconds ?? longestTimerSeconds));
  let stopped = false;

  const play = async (execution: Execution, input: object): Promise<void> => {
    try {
      await playOn(await machine(), {
        execution,
        input,
        worker,
        states: Object.keys(definition.States),
      });
    } catch (error) {
      log.error("workflow.failed", { execution: execution.name, error });
    } finally {
      running.delete(execution.name);
      tokens.delete(execution.token);
    }
  };
  return {
    async start(name, input) {
      if (running.has(name) || stopped) return;
      const execution = executionOf(name);
      running.set(name, execution);
      tokens.set(execution.token, execution);
      void play(execution, input);
    },
    succeed: async (token) => tokens.get(token)?.resumed.resolve(),
    warm: async () => void (await machine()),
    active: () => [...running.keys()],
    async stop() {
      stopped = true;
      await worker.stop();
    },
  };
}

const executionOf = (name: string): Execution => ({
  name,
  token: randomUUID(),
  resumed: Promise.withResolvers(),
  states: new Map(),
});

interface Play {
  readonly execution: Execution;
  readonly input: object;
  readonly worker: StepWorker;
  readonly states: readonly string[];
}

/** Plays one execution to its end, with a context of its own that holds its token. */
async function playOn(
  machine: StateMachine,
  { execution, input, worker, states }: Play,
): Promise<void> {
  const handlers = states.map(
    (state) => [state, (given: unknown) => worker.work(execution, state, given)] as const,
  );
  const { result } = machine.run(
    { ...input },
    {
      overrides: { taskResourceLocalHandlers: Object.fromEntries(handlers) },
      context: { Task: { Token: execution.token } },
    },
  );
  await result;
}

/** The interpreter is large and needed only once something runs, so it is loaded then. */
async function interpreter(definition: Definition, rearmSeconds: number): Promise<StateMachine> {
  const library = await import("aws-local-stepfunctions");
  // Its own check wants ARNs for resources; a test checks the definition instead.
  return new library.StateMachine(playable(definition, rearmSeconds), {
    validationOptions: { noValidate: true },
  });
}

function lazily<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
