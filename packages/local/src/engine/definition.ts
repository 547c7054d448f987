import type { StateMachineDefinition } from "aws-local-stepfunctions";

interface State {
  readonly Type: string;
  readonly Resource?: string;
  readonly TimeoutSeconds?: number;
}

/** A state machine in Amazon States Language, as far as this file reads it. */
export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const resource = /^cassini:step:(?<step>[a-z-]+?)(?<waits>\.waitForTaskToken)?$/;

/** Which step a state runs, and whether it waits for its token afterwards. */
export function stepOf(definition: Definition, state: string): { step: string; waits: boolean } {
  const named = resource.exec(definition.States[state]?.Resource ?? "")?.groups;
  if (!named?.["step"]) throw new Error(`The state ${state} names no step.`);
  return { step: named["step"], waits: named["waits"] !== undefined };
}

/**
 * The same machine for the local interpreter. Left to itself it ends every task after 60 seconds, where AWS waits for
 * good; so each state without a time of its own is given a long one, and is taken up again when that is over.
 */
export function playable(definition: Definition, rearmSeconds: number): StateMachineDefinition {
  const again = {
    ErrorEquals: ["States.Timeout"],
    IntervalSeconds: 1,
    BackoffRate: 1,
    MaxAttempts: 99_999_999,
  };
  const timed = (state: State) =>
    state.Type !== "Task" || state.TimeoutSeconds !== undefined
      ? state
      : { ...state, TimeoutSeconds: rearmSeconds, Retry: [again] };
  const States = Object.fromEntries(
    Object.entries(definition.States).map(([name, state]) => [name, timed(state)]),
  );
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the library's type wants AWS resources; it runs any
  return { ...definition, States } as unknown as StateMachineDefinition;
}
