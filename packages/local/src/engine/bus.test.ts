import { describe, expect, it } from "vitest";
import type { Outbox } from "./acknowledger.ts";
import { event, outboxWith, reaction, running, until } from "../testing/outbox.ts";

describe("the bus", () => {
  it("gives an event to every reaction on its name, and to no other", async () => {
    const seen: string[] = [];
    const note = (who: string, on: string) =>
      reaction(async ({ id }) => void seen.push(`${who} ${id}`), on);
    const outbox = outboxWith([event(1), event(2, "run.ended")]);
    const { one } = await running(outbox, {
      a: note("a", "run.queued"),
      b: note("b", "run.queued"),
      c: note("c", "run.ended"),
    });
    one.nudge();
    await until(() => outbox.rows.size === 0);
    expect(seen.toSorted()).toEqual(["a 000001", "b 000001", "c 000002"]);
  });

  it("forgets an event that nobody reacts to", async () => {
    const outbox = outboxWith([event(1, "nobody.cares")]);
    const { one } = await running(outbox, {});
    one.nudge();
    await until(() => outbox.rows.size === 0);
    expect(outbox.writes).toEqual([1]);
  });

  it("delivers each of five hundred once, oldest first, and acknowledges many in one write", async () => {
    const seen: string[] = [];
    const events = Array.from({ length: 500 }, (_, at) => event(at));
    const outbox = outboxWith(events);
    const { one } = await running(outbox, { note: reaction(async ({ id }) => void seen.push(id)) });
    one.nudge();
    await until(() => outbox.rows.size === 0);
    expect(seen).toEqual(events.map(({ id }) => id));
    expect(outbox.writes.length).toBeLessThan(50);
  });

  it("does not let slow reactions hold up the others, and has at most sixteen under way", async () => {
    const slow = Promise.withResolvers<void>();
    let atWork = 0;
    let highest = 0;
    const seen: string[] = [];
    const events = [
      ...Array.from({ length: 15 }, (_, at) => event(at, "slow.one")),
      ...Array.from({ length: 40 }, (_, at) => event(100 + at)),
    ];
    const counted = (work: () => Promise<void>) => async () => {
      atWork += 1;
      highest = Math.max(highest, atWork);
      await work();
      atWork -= 1;
    };
    const { one } = await running(outboxWith(events), {
      slow: reaction(
        counted(() => slow.promise),
        "slow.one",
      ),
      fast: reaction((envelope) => counted(async () => void seen.push(envelope.id))()),
    });
    one.nudge();
    await until(() => seen.length === 40);
    expect(highest).toBeLessThanOrEqual(16);
    slow.resolve();
  });

  it("takes up what was committed while it was reading", async () => {
    const seen: string[] = [];
    const outbox = outboxWith([]);
    const { one } = await running(outbox, { note: reaction(async ({ id }) => void seen.push(id)) });
    one.nudge();
    outbox.rows.set("1", event(1));
    one.nudge();
    await until(() => seen.length === 1);
    expect(seen).toEqual(["000001"]);
  });

  it("delivers what it is handed at once, and leaves what there is no room for to the outbox", async () => {
    const slow = Promise.withResolvers<void>();
    const seen: string[] = [];
    const events = Array.from({ length: 20 }, (_, at) => event(at));
    const outbox = outboxWith(events);
    let reads = 0;
    const counted: Outbox = {
      ...outbox,
      pending: (limit) => ((reads += 1), outbox.pending(limit)),
    };
    const note = reaction(async ({ id }) => {
      seen.push(id);
      await slow.promise;
    });
    const { one } = await running(counted, { note });
    one.deliver(events);
    expect([seen.length, reads]).toEqual([16, 0]);
    slow.resolve();
    await until(() => outbox.rows.size === 0);
    expect(seen).toEqual(events.map(({ id }) => id));
  });
});
