import type { Objects } from "../world.ts";
import { byCodePoint } from "./order.ts";

/** The most keys that one listing answers. */
const listed = 1000;

/** Objects in memory. */
export function memoryObjects(): Objects {
  const kept = new Map<string, Uint8Array>();
  const under = (prefix: string) => [...kept.keys()].filter((key) => key.startsWith(prefix));
  return {
    put: async (key, bytes) => void kept.set(key, bytes.slice()),
    get: async (key) => kept.get(key)?.slice(),
    list: async (prefix, after = "") =>
      under(prefix)
        .filter((key) => byCodePoint(key, after) > 0)
        .toSorted(byCodePoint)
        .slice(0, listed),
    clear: async (prefix) => {
      for (const key of under(prefix)) kept.delete(key);
    },
  };
}
