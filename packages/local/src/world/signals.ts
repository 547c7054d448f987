import type { Signals, Watch } from "@cassini/core/world";

/** Every change goes through this process, so a signal is as good as looking; a rare look is kept all the same. */
const trust = 5000;

/** Wakes those who wait within this process. */
export function signalsHere(): Signals {
  const listening = new Map<string, Set<() => void>>();
  const changed = (topic: string) => {
    for (const hear of listening.get(topic) ?? []) hear();
  };
  const watch = (topic: string): Watch => {
    const ear = earOf();
    const others = listening.get(topic) ?? new Set();
    listening.set(topic, others.add(ear.hear));
    const end = () => {
      others.delete(ear.hear);
      if (others.size === 0) listening.delete(topic);
    };
    return { news: ear.news, end };
  };
  return { trust, changed, watch };
}

/** Remembers a change that nobody was waiting for, until somebody does. */
function earOf(): { hear: () => void; news: Watch["news"] } {
  let fresh = false;
  let wake: (() => void) | undefined;
  const hear = () => {
    fresh = true;
    wake?.();
  };
  const news = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const over = () => {
        clearTimeout(timer);
        wake = undefined;
        fresh = false;
        resolve();
      };
      const timer = setTimeout(over, milliseconds);
      wake = over;
      if (fresh) over();
    });
  return { hear, news };
}
