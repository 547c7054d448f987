import type { Envelope } from "@cassini/core/kit";
import type { Log } from "../log.ts";

/** Events that have been committed and not yet been acknowledged. */
export interface Outbox {
  /** The oldest ones, in the order of their commits. */
  pending(limit: number): Promise<readonly Envelope[]>;
  /** Forgets those that were delivered. */
  done(ids: readonly string[]): Promise<void>;
}

export interface Acknowledger {
  /** Acknowledges an event soon, and then says so. */
  add(event: Envelope, kept: () => void): void;
  /** Writes all that waits. */
  flush(): Promise<void>;
}

/** How long an acknowledgement may wait for others to go with it. */
const patience = 50;

/** Gathers acknowledgements, since one write for many costs what one write for one does. Lost ones cost a second delivery. */
export function acknowledger(outbox: Outbox, log: Log): Acknowledger {
  let waiting: { event: Envelope; kept: () => void }[] = [];
  let writing = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const write = async (): Promise<void> => {
    const written = waiting.splice(0);
    if (written.length === 0) return;
    try {
      await outbox.done(written.map(({ event }) => event.id));
      for (const { kept } of written) kept();
    } catch (error) {
      log.warn("bus.unacknowledged", { events: written.length, error });
      waiting = [...written, ...waiting];
      schedule();
    }
  };
  const flush = (): Promise<void> => {
    timer = undefined;
    writing = writing.then(write);
    return writing;
  };
  const schedule = () => {
    timer ??= setTimeout(() => void flush(), patience);
  };
  return {
    add(event, kept) {
      waiting.push({ event, kept });
      schedule();
    },
    async flush() {
      clearTimeout(timer);
      await flush();
      clearTimeout(timer);
    },
  };
}
