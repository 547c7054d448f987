import type { Envelope } from "@cassini/core/kit";
import { deliveries, most, type Wanted } from "./deliveries.ts";

export interface Bus {
  /** Delivers events that have just been committed, as far as there is room; the others wait in the outbox. */
  deliver(events: readonly Envelope[]): void;
  /** Says that the outbox may hold something. */
  nudge(): void;
  /** Takes nothing up any more, and ends when what is under way has ended and has been acknowledged. */
  stop(): Promise<void>;
}

const waitAfterBadRead = 1000;

/**
 * Delivers committed events to the reactions that asked for them, at least once: what was not acknowledged before the
 * process died comes again with the next one.
 */
export function bus(wanted: Wanted): Bus {
  const { outbox, log } = wanted;
  let nudged = false;
  let stopped = false;
  let reading: Promise<unknown> | undefined;

  const nudge = () => {
    nudged = true;
    wake();
  };
  const wake = () => {
    if (reading || !nudged || stopped || under.room() === 0) return;
    reading = read()
      .catch((error: unknown) => {
        log.error("bus.unreadable", { error });
        setTimeout(nudge, waitAfterBadRead).unref();
      })
      .finally(() => {
        reading = undefined;
        wake();
      });
  };
  const under = deliveries(wanted, wake);
  /** Takes up the oldest events that are not yet held. */
  const read = async (): Promise<void> => {
    nudged = false;
    const limit = under.held.size + most;
    const events = await outbox.pending(limit);
    if (under.take(events) || events.length === limit) nudged = true;
  };
  return {
    deliver: (events) => {
      if (!stopped && under.take(events)) nudged = true;
    },
    nudge,
    async stop() {
      stopped = true;
      await reading;
      await under.stop();
    },
  };
}
