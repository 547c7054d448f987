import type { Flag } from "./flags.ts";

/** Flags that several commands share. */
export const owner = {
  type: "string",
  value: "ORG/NAME",
  about: "whose, if not your own",
} as const satisfies Flag;
export const follow = {
  type: "boolean",
  short: "f",
  about: "watch the run until it ends, and end as it does",
} as const satisfies Flag;
