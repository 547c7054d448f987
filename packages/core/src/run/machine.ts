import { machine } from "../kit/index.ts";

/** The life of a run, as everybody sees it. */
export const runMachine = machine({
  pending: {
    begin: "running",
    stop: "stopping",
    complete: "completed",
    fail: "error",
    halt: "stopped",
  },
  running: { stop: "stopping", complete: "completed", fail: "error", halt: "stopped" },
  stopping: { complete: "completed", fail: "error", halt: "stopped" },
  completed: {},
  error: {},
  stopped: {},
});
export type RunState = (typeof runMachine.states)[number];

/** The life of one attempt: what the platform has done for it so far. */
export const attemptMachine = machine({
  queued: { claim: "claimed", end: "ended" },
  claimed: { launch: "launched", end: "ended" },
  launched: { launch: "launched", end: "ended" },
  ended: { settle: "settled" },
  settled: {},
});
export type AttemptState = (typeof attemptMachine.states)[number];
