import { deliveries, most, type Wanted } from "./deliveries.ts";

export interface Bus {
  /** Says that something may have been committed. */
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
  const wake = () => {
    if (reading || !nudged || stopped) return;
    reading = read()
      .then(undefined, failed)
      .finally(() => (reading = undefined));
  };
  const under = deliveries(wanted, wake);
  let nudged = false;
  let stopped = false;
  let reading: Promise<unknown> | undefined;

  /** Takes up the oldest events that are not yet held, as long as there is room. */
  const read = async (): Promise<void> => {
    while (nudged && under.room() > 0 && !stopped) {
      nudged = false;
      const limit = under.held.size + most;
      const events = await outbox.pending(limit);
      const fresh = events.filter(({ id }) => !under.held.has(id));
      const taken = fresh.slice(0, under.room());
      taken.forEach(under.begin);
      if (fresh.length > taken.length || events.length === limit) nudged = true;
    }
  };
  const failed = (error: unknown) => {
    log.error("bus.unreadable", { error });
    nudged = true;
    setTimeout(wake, waitAfterBadRead).unref();
  };
  return {
    nudge() {
      nudged = true;
      wake();
    },
    async stop() {
      stopped = true;
      await reading;
      await under.stop();
    },
  };
}
