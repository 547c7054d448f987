import type { Signals, Watch } from "../world.ts";
import type { ManualClock } from "./clock.ts";

/** Signals in memory, whose waits end by the clock of the test. */
export function memorySignals(clock: ManualClock): Signals {
  const listening = new Map<string, Set<() => void>>();
  const watch = (topic: string): Watch => {
    const others = listening.get(topic) ?? new Set();
    listening.set(topic, others);
    let fresh = false;
    let wake: (() => void) | undefined;
    const hear = () => {
      fresh = true;
      wake?.();
    };
    others.add(hear);
    const news = (milliseconds: number) =>
      new Promise<void>((resolve) => {
        const over = () => {
          cancel();
          wake = undefined;
          fresh = false;
          resolve();
        };
        const cancel = clock.at(clock.now() + milliseconds, over);
        wake = over;
        if (fresh) over();
      });
    return { news, end: () => void others.delete(hear) };
  };
  const changed = (topic: string) => {
    for (const hear of listening.get(topic) ?? []) hear();
  };
  return { trust: 1000, changed, watch };
}
