import type { Compute, Ending, Observation, Task, TaskName } from "../launch/compute.ts";

interface Known {
  readonly task: Task;
  starts: number;
  stops: number;
  ending?: Ending;
}

export interface MemoryCompute extends Compute {
  /** Every task that was ever started, in order. */
  readonly tasks: () => readonly Known[];
  /** Lets a task end, as its machine sees it; nobody is told. */
  finish(name: TaskName, ending: Ending): void;
  /** What plans are refused for; nothing unless a test says so. */
  refuse: readonly string[];
}

const keyOf = ({ run, attempt }: TaskName): string => `${run}-${attempt}`;

/** Compute that only remembers: a test plays the machine. */
export function memoryCompute(): MemoryCompute {
  const known = new Map<string, Known>();
  const observed = (name: TaskName): Observation => {
    const found = known.get(keyOf(name));
    if (!found) return { state: "unknown" };
    return found.ending ? { state: "ended", ending: found.ending } : { state: "active" };
  };
  const compute: MemoryCompute = {
    refuse: [],
    tasks: () => [...known.values()],
    refusals: async () => compute.refuse,
    async start(task) {
      const found = known.get(keyOf(task));
      if (found) found.starts += 1;
      else known.set(keyOf(task), { task, starts: 1, stops: 0 });
    },
    async stop(name) {
      const found = known.get(keyOf(name));
      if (found) found.stops += 1;
    },
    observe: async (name) => observed(name),
    list: async () => [...known.values()].filter(({ ending }) => !ending).map(({ task }) => task),
    finish(name, ending) {
      const found = known.get(keyOf(name));
      if (found) found.ending ??= ending;
    },
  };
  return compute;
}
