import { describe, expect, it } from "vitest";
import { put } from "../kit/index.ts";
import { manualClock } from "./clock.ts";
import { memoryStore } from "./memory-store.ts";
import { describeStore, note, notes, type BuildStore } from "./store/index.ts";

const builder =
  (lagSeconds: number): BuildStore =>
  async () => {
    const clock = manualClock();
    const store = memoryStore({ clock, lagSeconds });
    return {
      store,
      now: clock.now,
      wait: clock.wait,
      events: async () => store.events,
      settle: async () => store.settle(),
    };
  };

describeStore("in memory", builder(0), { runs: 300 });
describeStore("in memory, with late indexes", builder(30), { runs: 100 });

describe("the late indexes of a store in memory", () => {
  it("show a commit after their lag, while readings by id and name show it at once", async () => {
    const { store, wait } = await builder(30)();
    const made = note();
    await store.commit([put(notes, made)], [], "ada");

    expect(await store.get(notes, made.id)).toMatchObject({ version: 1 });
    expect(await store.byName(notes, `${made.owner}/${made.name}`)).toMatchObject({ version: 1 });
    expect((await store.list(notes, "byOwner", made.owner, { size: 5 })).items).toEqual([]);

    await wait(30);
    expect((await store.list(notes, "byOwner", made.owner, { size: 5 })).items).toHaveLength(1);
  });
});
