import type { Clock } from "../world.ts";

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  /** Lets time pass: whatever was due meanwhile happens in its order, each at its own moment. */
  wait(seconds: number): Promise<void>;
  /** Calls back at a moment (milliseconds since 1970), unless the returned function was called before. */
  at(moment: number, ring: () => void): () => void;
}

interface Timer {
  readonly moment: number;
  readonly ring: () => void;
}

/** A manual clock, which starts in the morning of 1 June 2026 (UTC) unless told otherwise. */
export function manualClock(start = "2026-06-01T08:00:00.000Z"): ManualClock {
  let now = Date.parse(start);
  const timers = new Set<Timer>();
  const nextUntil = (moment: number) =>
    [...timers]
      .filter((timer) => timer.moment <= moment)
      .toSorted((a, b) => a.moment - b.moment)[0];
  const at = (moment: number, ring: () => void) => {
    const timer = { moment, ring };
    timers.add(timer);
    return () => void timers.delete(timer);
  };
  const wait = async (seconds: number) => {
    const end = now + seconds * 1000;
    for (let timer = nextUntil(end); timer; timer = nextUntil(end)) {
      timers.delete(timer);
      now = Math.max(now, timer.moment);
      timer.ring();
    }
    now = end;
    await Promise.resolve();
  };
  return { now: () => now, at, wait };
}
