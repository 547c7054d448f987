import type { Signals } from "../world.ts";
import type { ManualClock } from "./clock.ts";

/** Signals in memory, whose waits end by the clock of the test. */
export function memorySignals(clock: ManualClock): Signals {
  const waiting = new Map<string, Set<() => void>>();
  const wait = (topic: string, milliseconds: number) =>
    new Promise<void>((resolve) => {
      const others = waiting.get(topic) ?? new Set();
      waiting.set(topic, others);
      const end = () => {
        cancel();
        others.delete(end);
        resolve();
      };
      const cancel = clock.at(clock.now() + milliseconds, end);
      others.add(end);
    });
  const changed = (topic: string) => {
    for (const end of waiting.get(topic) ?? []) end();
  };
  return { changed, wait };
}
