import type { World } from "../world.ts";
import { topicOf } from "./attempt.ts";

/** The longest that a request may wait for news. */
export const longestWaitSeconds = 20;

/** What a look has found, and whether it is worth an answer. */
export interface Look<T> {
  readonly worth: boolean;
  readonly found: T;
}

/** Looks at a run until what it finds is worth an answer, or the time is over; looks again whenever there is news. */
export async function awaited<T>(
  world: World,
  { id, seconds }: { id: string; seconds: number },
  look: () => Promise<Look<T>>,
): Promise<T> {
  const deadline = world.clock.now() + seconds * 1000;
  const watch = world.signals.watch(topicOf(id));
  try {
    for (;;) {
      const { worth, found } = await look();
      const left = deadline - world.clock.now();
      if (worth || left <= 0) return found;
      await watch.news(Math.min(world.signals.trust, left));
    }
  } finally {
    watch.end();
  }
}
