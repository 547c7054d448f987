import type { Envelope, Reaction } from "@cassini/core/kit";
import type { World } from "@cassini/core/world";
import type { Log } from "../log.ts";
import { acknowledger, type Outbox } from "./acknowledger.ts";
import { react, type Parked } from "./react.ts";

export interface Wanted {
  readonly outbox: Outbox;
  readonly reactions: Readonly<Record<string, Reaction<World>>>;
  readonly world: World;
  readonly log: Log;
  /** Keeps an event that a reaction could not take, for a person to look at. */
  readonly park: (letter: Parked) => void;
  /** How long to wait before each further try, in milliseconds. */
  readonly waits?: readonly number[];
}

export interface Deliveries {
  /** Events that are under way, or wait for their acknowledgement to be written. */
  readonly held: ReadonlySet<string>;
  /** How many more can be taken up. */
  room(): number;
  /**
   * Gives events to the reactions that asked for them, as far as there is room, and acknowledges each when all of them
   * are done. Answers whether some are left that are not held.
   */
  take(events: readonly Envelope[]): boolean;
  /** Ends when what is under way has ended and has been acknowledged; a reaction that waits for its next try is left. */
  stop(): Promise<void>;
}

/** How many events are under way at once: as many slow ones it takes to hold up the others. */
export const most = 16;
const waitsBetweenTries: readonly number[] = [200, 1000, 5000, 15_000];

/** Events on their way to their reactions. `freed` is told when there is room again. */
export function deliveries(wanted: Wanted, freed: () => void): Deliveries {
  const held = new Set<string>();
  const underWay = new Set<Promise<void>>();
  const acknowledge = acknowledger(wanted.outbox, wanted.log);
  const stopping = new AbortController();

  const deliver = async (event: Envelope): Promise<void> => {
    const isDone = await toAll(wanted, event, stopping.signal);
    if (isDone) acknowledge.add(event, () => held.delete(event.id));
  };
  const begin = (event: Envelope): void => {
    held.add(event.id);
    const delivery = deliver(event).finally(() => {
      underWay.delete(delivery);
      freed();
    });
    underWay.add(delivery);
  };
  const room = () => most - underWay.size;
  return {
    held,
    room,
    take(events) {
      const fresh = events.filter(({ id }) => !held.has(id));
      const taken = fresh.slice(0, room());
      taken.forEach(begin);
      return taken.length < fresh.length;
    },
    async stop() {
      stopping.abort();
      await Promise.all(underWay);
      await acknowledge.flush();
    },
  };
}

/** Gives an event to all that asked for it; answers whether none of them has to see it again. */
async function toAll(wanted: Wanted, event: Envelope, stopping: AbortSignal): Promise<boolean> {
  const waits = wanted.waits ?? waitsBetweenTries;
  const asked = Object.entries(wanted.reactions).filter(([, { on }]) => on === event.name);
  const outcomes = await Promise.all(
    asked.map(([name, reaction]) => react({ ...wanted, name, reaction, event, waits, stopping })),
  );
  return !outcomes.includes("abandoned");
}
