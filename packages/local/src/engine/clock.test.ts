import { describe, expect, it } from "vitest";
import { testLog } from "../testing/log.ts";
import { rounds } from "./clock.ts";

const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
};

describe("what is done by the clock", () => {
  it("goes on after a round that failed, and tells of it", async () => {
    const { log, lines } = testLog();
    let count = 0;
    const run = async () => {
      count += 1;
      if (count === 1) throw new Error("Once.");
    };
    const going = rounds([{ name: "sweep", everySeconds: 0.005, run }], log);
    going.start();
    await until(() => count === 3);
    await going.stop();
    expect(lines("routine.failed")).toMatchObject([
      { routine: "sweep", error: { message: "Once." } },
    ]);
  });

  it("never does a slow round twice at once, and stops after the one under way", async () => {
    const { log } = testLog();
    const slow = Promise.withResolvers<void>();
    let begun = 0;
    let ended = 0;
    const run = async () => {
      begun += 1;
      await slow.promise;
      ended += 1;
    };
    let ticks = 0;
    const going = rounds(
      [
        { name: "slow", everySeconds: 0.002, run },
        { name: "tick", everySeconds: 0.002, run: async () => void (ticks += 1) },
      ],
      log,
    );
    going.start();
    await until(() => ticks > 5);
    const stopped = going.stop();
    slow.resolve();
    await stopped;
    expect([begun, ended]).toEqual([1, 1]);
  });
});
