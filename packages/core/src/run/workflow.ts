/** The port to whatever runs state machines: Step Functions, or the interpreter of one machine. */
export interface Workflows {
  /** Starts the execution of that name with that input; one that exists already, ended or not, is success. */
  start(name: string, input: { run: string; attempt: number }): Promise<void>;
  /** Lets the step that waits with this token go on. A token that nobody waits with any more is success. */
  succeed(token: string): Promise<void>;
}

/** The name of the one execution of an attempt. */
export const executionName = (run: string, attempt: number): string => `${run}-${attempt}`;

/** Which of our steps a state runs; each runtime puts its own address in its place. */
const step = (name: "prepare" | "launch" | "settle") => `cassini:step:${name}`;

const broken = [{ ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Settle" }];

/**
 * One execution is one attempt. Data for the interpreter of either runtime (Amazon States Language, JSONPath).
 * `Launch` waits until its token comes back. No retries: what a run's retry means is decided by its records.
 */
export const definition = {
  Comment: "One attempt of one run: prepare, launch, wait for the end, settle.",
  StartAt: "Prepare",
  States: {
    Prepare: {
      Type: "Task",
      Resource: step("prepare"),
      ResultPath: null,
      Catch: broken,
      Next: "Launch",
    },
    Launch: {
      Type: "Task",
      Resource: `${step("launch")}.waitForTaskToken`,
      Parameters: { "run.$": "$.run", "attempt.$": "$.attempt", "token.$": "$$.Task.Token" },
      ResultPath: null,
      Catch: broken,
      Next: "Settle",
    },
    Settle: { Type: "Task", Resource: step("settle"), ResultPath: null, End: true },
  },
} as const;
