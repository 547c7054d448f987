import { setTimeout as sleep } from "node:timers/promises";
import type { Envelope, Reaction } from "@cassini/core/kit";
import type { World } from "@cassini/core/world";
import type { Log } from "../log.ts";

/** An event that a reaction could not take. */
export interface Parked {
  readonly event: Envelope;
  readonly reaction: string;
  readonly error: unknown;
}

interface Wanted {
  readonly name: string;
  readonly reaction: Reaction<World>;
  readonly world: World;
  readonly event: Envelope;
  /** How long to wait before each further try, in milliseconds. */
  readonly waits: readonly number[];
  readonly log: Log;
  readonly park: (letter: Parked) => void;
  readonly stopping: AbortSignal;
}

/** Gives an event to one reaction, again while it fails; what fails to the last is parked. */
export async function react(wanted: Wanted): Promise<"done" | "parked" | "abandoned"> {
  const { name, reaction, world, event, waits, log, stopping } = wanted;
  for (const wait of [...waits, undefined]) {
    try {
      await reaction.run(world, event);
      return "done";
    } catch (error) {
      if (wait === undefined) return parked(wanted, error);
      log.warn("reaction.failed", { reaction: name, id: event.id, name: event.name, error });
    }
    if (!(await waited(wait, stopping))) return "abandoned";
  }
  return "abandoned";
}

function parked({ name, event, log, park }: Wanted, error: unknown): "parked" {
  log.error("reaction.parked", { reaction: name, id: event.id, name: event.name, error });
  park({ event, reaction: name, error });
  return "parked";
}

/** Whether the time went by before the signal came. */
const waited = (milliseconds: number, stopping: AbortSignal): Promise<boolean> =>
  sleep(milliseconds, true, { signal: stopping }).catch(() => false);
