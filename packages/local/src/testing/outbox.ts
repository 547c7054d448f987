import type { Envelope, Reaction } from "@cassini/core/kit";
import type { World } from "@cassini/core/world";
import { memoryWorld } from "@cassini/core/testing";
import type { Outbox } from "../engine/acknowledger.ts";
import { bus } from "../engine/bus.ts";
import type { Parked } from "../engine/react.ts";
import { testLog } from "./log.ts";

/** An event of that number. */
export const event = (id: number, name = "run.queued"): Envelope => ({
  id: String(id).padStart(6, "0"),
  name,
  at: "",
  actor: "ada",
  data: {},
});

export interface Kept extends Outbox {
  readonly rows: Map<string, Envelope>;
  readonly writes: number[];
}

/** An outbox that survives its bus, and can refuse acknowledgements as a dying process does. */
export function outboxWith(events: readonly Envelope[], acknowledges = () => true): Kept {
  const rows = new Map(events.map((one) => [one.id, one]));
  const writes: number[] = [];
  return {
    rows,
    writes,
    pending: async (limit) => [...rows.values()].slice(0, limit),
    done: async (ids) => {
      if (!acknowledges()) throw new Error("The process is dying.");
      writes.push(ids.length);
      for (const id of ids) rows.delete(id);
    },
  };
}

/** A reaction on a name, which sees the event alone. */
export const reaction = (
  run: (envelope: Envelope) => Promise<void>,
  on = "run.queued",
): Reaction<World> => ({ on, run: (_, envelope) => run(envelope) });

/** A bus with a log and a place for dead letters. */
export async function running(
  outbox: Outbox,
  reactions: Record<string, Reaction<World>>,
  waits: readonly number[] = [1, 1],
) {
  const { log, lines } = testLog();
  const parked: Parked[] = [];
  const world = await memoryWorld();
  const one = bus({ outbox, reactions, world, log, park: (letter) => parked.push(letter), waits });
  return { one, lines, parked };
}

/** Ends once something holds; a test that waits for good is ended by its time. */
export const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
};
