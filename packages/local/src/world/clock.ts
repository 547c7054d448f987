import type { Clock } from "@cassini/core/world";

/** The machine's own clock. */
export const clock: Clock = { now: () => Date.now() };
