import { isFailure } from "@cassini/core/kit";
import type { World } from "@cassini/core/world";
import type { Log } from "../log.ts";
import { stepOf, type Definition } from "./definition.ts";

/** A step of a state machine, as the domain writes it. */
export type Step = (world: World, input: StepInput) => Promise<unknown>;
export interface StepInput {
  readonly run: string;
  readonly attempt: number;
  readonly token: string;
}

/** What a state answers: nothing that the next one would need. */
type Done = Readonly<Record<string, never>>;

/** One play of a state machine. */
export interface Execution {
  readonly name: string;
  readonly token: string;
  /** Ends when the token has come back, which may be before anybody waits for it. */
  readonly resumed: PromiseWithResolvers<void>;
  /** What has been begun, by state. No machine of ours enters a state twice; a timer that is set anew finds it here. */
  readonly states: Map<string, Promise<Done>>;
}

export interface StepWorker {
  /** Carries out a state of an execution, once, and waits for its token where the state says so. */
  work(execution: Execution, state: string, input: unknown): Promise<Done>;
  /** Begins no step any more, and ends when none is at work. */
  stop(): Promise<void>;
}

interface Wanted {
  readonly definition: Definition;
  readonly steps: Readonly<Record<string, Step>>;
  readonly world: () => World;
  readonly log: Log;
}

export function stepWorker({ definition, steps, world, log }: Wanted): StepWorker {
  const working = new Set<Promise<void>>();
  let stopped = false;

  const act = async (execution: Execution, step: string, input: unknown): Promise<void> => {
    const run = steps[step];
    if (!run || stopped) throw new Error(`There is no step ${step} to run.`);
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the definition shapes the input; a test plays all of it
      await run(world(), input as StepInput);
    } catch (error) {
      log[isFailure(error) ? "warn" : "error"]("workflow.step_failed", {
        execution: execution.name,
        step,
        error,
      });
      throw error;
    }
  };
  const carryOut = async (execution: Execution, state: string, input: unknown): Promise<Done> => {
    const { step, waits } = stepOf(definition, state);
    const acting = act(execution, step, input);
    working.add(acting);
    await acting.finally(() => working.delete(acting));
    if (waits) await execution.resumed.promise;
    return {};
  };
  return {
    work(execution, state, input) {
      const known = execution.states.get(state);
      if (known) return known;
      const done = carryOut(execution, state, input);
      execution.states.set(state, done);
      return done;
    },
    async stop() {
      stopped = true;
      await Promise.allSettled(working);
    },
  };
}
