import type { Signals } from "@cassini/core/world";

/** Wakes those who wait within this process. */
export function signalsHere(): Signals {
  const waiting = new Map<string, Set<() => void>>();
  const changed = (topic: string) => {
    for (const wake of waiting.get(topic) ?? []) wake();
  };
  const wait = (topic: string, milliseconds: number) =>
    new Promise<void>((resolve) => {
      const others = waiting.get(topic) ?? new Set();
      const wake = () => {
        clearTimeout(timer);
        others.delete(wake);
        if (others.size === 0) waiting.delete(topic);
        resolve();
      };
      const timer = setTimeout(wake, milliseconds);
      waiting.set(topic, others.add(wake));
    });
  return { changed, wait };
}
