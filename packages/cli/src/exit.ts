import type { Client } from "@cassini/core/client";

/** What the process ends with, for each kind of failure. */
export const exitOf: Readonly<Record<Client.Refused["kind"], number>> = {
  broken: 1,
  invalid: 2,
  not_allowed: 2,
  too_large: 2,
  unsupported: 2,
  unprocessable: 2,
  unauthenticated: 3,
  forbidden: 3,
  missing: 4,
  gone: 4,
  conflict: 5,
  locked: 5,
  busy: 75,
  limited: 75,
};

/** What a followed run makes the process end with: 0 only where it completed. */
export const exitOfRun = (state: string): number => (state === "completed" ? 0 : 1);

/** By the shell's custom for a process that Ctrl-C ended. */
export const interruptedExit = 130;
