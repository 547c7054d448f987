import type { Log } from "../log.ts";

/** Something that is done again and again. */
export interface Routine {
  readonly name: string;
  readonly everySeconds: number;
  run(): Promise<void>;
}

export interface Rounds {
  /** Sets the routines going; each is first due after its own time. */
  start(): void;
  /** Begins no round any more, and ends when none is under way. */
  stop(): Promise<void>;
}

/** Does each routine by the clock. A round that fails is told and the next one comes; one that is slow is never overtaken by its next. */
export function rounds(routines: readonly Routine[], log: Log): Rounds {
  const timers: NodeJS.Timeout[] = [];
  const underWay = new Map<string, Promise<void>>();
  const begin = (routine: Routine) => {
    if (underWay.has(routine.name)) return;
    const round = once(routine, log).finally(() => underWay.delete(routine.name));
    underWay.set(routine.name, round);
  };
  return {
    start() {
      for (const routine of routines)
        timers.push(setInterval(begin, routine.everySeconds * 1000, routine));
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(underWay.values());
    },
  };
}

/** Does a routine now; what it throws is told, not thrown. */
export async function once({ name, run }: Pick<Routine, "name" | "run">, log: Log): Promise<void> {
  try {
    await run();
  } catch (error) {
    log.error("routine.failed", { routine: name, error });
  }
}
