import { reactions, schedules } from "@cassini/core/app";
import type { Envelope } from "@cassini/core/kit";
import { Run } from "@cassini/core/run";
import { bus, type Bus } from "./engine/bus.ts";
import { once, rounds, type Routine } from "./engine/clock.ts";
import type { Parked } from "./engine/react.ts";
import { appendLine, type Log } from "./log.ts";
import type { LocalWorld } from "./world/index.ts";

interface Wanted {
  readonly log: Log;
  /** The file for events that no try could deliver. */
  readonly deadLetters: string;
  /** Takes what has to be ended with the server, the last first. */
  readonly closing: AsyncDisposableStack;
}

/** What makes a World go: bus, clock and state machines. */
export interface Motion {
  /** Hears of the events of each commit. */
  committed(events: readonly Envelope[]): void;
  /** Takes over what the last server left, and goes on from there. */
  begin(local: LocalWorld): void;
}

/** How often the outbox is read without being told to, and how often what is over is deleted. */
const scanSeconds = 30;
const expirySeconds = 3600;

export function setGoing({ log, deadLetters, closing }: Wanted): Motion {
  let delivering: Bus | undefined;
  const park = ({ event, reaction, error }: Parked) =>
    appendLine(deadLetters, { reaction, error, event });
  return {
    committed: (events) => delivering?.deliver(events),
    begin(local) {
      const { world, workflows, store } = local;
      closing.defer(workflows.stop);
      delivering = bus({ outbox: store.outbox, reactions, world, log, park });
      closing.defer(delivering.stop);
      delivering.nudge();
      goRound(routinesOf(local, delivering), local, { log, closing });
      void workflows.warm();
    },
  };
}

const routinesOf = ({ world, store }: LocalWorld, delivering: Bus): readonly Routine[] => [
  ...Object.entries(schedules).map(([name, { everySeconds, run }]) => ({
    name,
    everySeconds,
    run: () => run(world),
  })),
  { name: "scan the outbox", everySeconds: scanSeconds, run: async () => delivering.nudge() },
  { name: "delete what is over", everySeconds: expirySeconds, run: store.sweep },
];

function goRound(
  routines: readonly Routine[],
  { world }: LocalWorld,
  { log, closing }: Pick<Wanted, "log" | "closing">,
): void {
  const going = rounds(routines, log);
  const takeOver = once({ name: "take over", run: () => Run.sweep(world, 0) }, log);
  closing.defer(async () => {
    await going.stop();
    await takeOver;
  });
  going.start();
}
