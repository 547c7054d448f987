import { describe, expect, it } from "vitest";
import type { Outbox } from "./acknowledger.ts";
import { event, outboxWith, reaction, running, until } from "../testing/outbox.ts";

describe("a reaction that fails", () => {
  it("is tried again, alone, and then the event is done", async () => {
    let tries = 0;
    let others = 0;
    const outbox = outboxWith([event(1)]);
    const { one, parked } = await running(outbox, {
      flaky: reaction(async () => {
        tries += 1;
        if (tries < 3) throw new Error("Not yet.");
      }),
      steady: reaction(async () => void (others += 1)),
    });
    one.nudge();
    await until(() => outbox.rows.size === 0);
    expect([tries, others, parked]).toEqual([3, 1, []]);
  });

  it("is parked with the event and the error after the last try, and told", async () => {
    const outbox = outboxWith([event(1)]);
    const { one, parked, lines } = await running(outbox, {
      broken: reaction(async () => {
        throw new Error("Never.");
      }),
    });
    one.nudge();
    await until(() => outbox.rows.size === 0);
    expect(parked).toEqual([{ event: event(1), reaction: "broken", error: new Error("Never.") }]);
    expect(lines("reaction.failed")).toHaveLength(2);
    expect(lines("reaction.parked")).toMatchObject([
      { level: "error", reaction: "broken", id: "000001" },
    ]);
  });

  it("comes again with the next bus when the first stops between two tries", async () => {
    let fails = true;
    const outbox = outboxWith([event(1)]);
    const failing = reaction(async () => {
      if (fails) throw new Error("Not yet.");
    });
    const first = await running(outbox, { failing }, [60_000]);
    first.one.nudge();
    await until(() => first.lines("reaction.failed").length === 1);
    await first.one.stop();
    expect(outbox.rows.size).toBe(1);

    fails = false;
    const second = await running(outbox, { failing });
    second.one.nudge();
    await until(() => outbox.rows.size === 0);
    expect(second.parked).toEqual([]);
  });
});

describe("a bus that dies before it acknowledges", () => {
  it("leaves the event to the next one, which delivers it again", async () => {
    let alive = false;
    const seen: string[] = [];
    const outbox = outboxWith([event(1)], () => alive);
    const note = reaction(async ({ id }) => void seen.push(id));
    const first = await running(outbox, { note });
    first.one.nudge();
    await until(() => first.lines("bus.unacknowledged").length > 0);
    expect(seen).toEqual(["000001"]);

    alive = true;
    const second = await running(outbox, { note });
    second.one.nudge();
    await until(() => outbox.rows.size === 0);
    expect(seen).toEqual(["000001", "000001"]);
  });

  it("reads again soon when the outbox could not be read", async () => {
    let broken = true;
    const outbox = outboxWith([event(1)]);
    const flaky: Outbox = {
      ...outbox,
      pending: (limit) => {
        if (!broken) return outbox.pending(limit);
        broken = false;
        return Promise.reject(new Error("The engine restarts."));
      },
    };
    const { one, lines } = await running(flaky, {});
    one.nudge();
    await until(() => outbox.rows.size === 0);
    expect(lines("bus.unreadable")).toHaveLength(1);
  });
});
