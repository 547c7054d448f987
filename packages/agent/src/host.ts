import { readdirSync } from "node:fs";
import { Over } from "./api.ts";
import { carry } from "./course.ts";
import { httpClient } from "./http.ts";
import { lifeOf, type Host, type Life } from "./life.ts";
import { attemptOf, placeOf } from "./place.ts";
import { read, TaskFile } from "./record.ts";
import { attend, endNow } from "./stopping.ts";
import { trashIn } from "./trash.ts";
import { turns } from "./turns.ts";
import { pulse } from "./watch.ts";

/** How often all tasks are looked at, in milliseconds; what is news of one's own children does not wait for it. */
const interval = 500;
/** At how many looks it is asked whether there are tasks that nobody has told of. */
const looksPerScan = 6;
const connections = 8;
const clones = 6;

/** The agent of a host: looks after all tasks below a directory. */
export interface HostAgent {
  /** Looks at one task: a new one is begun, one that is to stop is stopped. */
  look(name: string): void;
  /** How many tasks it looks after. */
  count(): number;
}

/** What the agent writes down of its own troubles. */
export type Tell = (event: string, of: Readonly<Record<string, unknown>>) => void;

/** Begins to look after the tasks below a directory, those that are there already first. */
export function hostAgent(tasks: string, url: string, tell: Tell): HostAgent {
  const lives = new Map<string, Life>();
  const trash = trashIn(tasks);
  const looks: (() => void)[] = [];
  const host: Host = {
    url,
    send: httpClient(connections),
    turn: turns(clones),
    nextLook: () => new Promise((resolve) => looks.push(resolve)),
    discard: ({ task, place }) => {
      task.cgroups.forEach(trash.cgroup);
      if (!task.folder.startsWith(place.directory)) trash.directory(task.folder);
      trash.directory(place.directory);
    },
  };
  const carryOn = async (name: string): Promise<void> => {
    const known = lives.get(name);
    if (known) return attend(known);
    const life = found(host, tasks, name);
    if (!life) return;
    lives.set(name, life);
    attend(life);
    await carry(life).finally(() => lives.delete(name));
  };
  // What fails now is tried again at the next scan.
  const begin = (name: string): void =>
    void carryOn(name).catch((error: unknown) =>
      tell("task.trouble", { task: name, error: said(error) }),
    );
  const scan = () => readdirSync(tasks).forEach(begin);
  let count = 0;
  setInterval(() => {
    count += 1;
    if (count % looksPerScan === 0) scan();
    for (const life of lives.values()) guarded(life, tell, () => follow(life, tell));
    for (const resolve of looks.splice(0)) resolve();
  }, interval);
  scan();
  return { look: begin, count: () => lives.size };
}

function found(host: Host, tasks: string, name: string): Life | undefined {
  if (!attemptOf(name)) return undefined;
  const place = placeOf(tasks, name);
  const task = read(place.task, TaskFile);
  return task && lifeOf(host, place, task);
}

/** Does what is due of a task, and begins to ship and report what is new unless that still goes on. */
function follow(life: Life, tell: Tell): void {
  attend(life);
  if (life.pulse || life.ending || life.over !== undefined || life.steps.length === 0) return;
  life.pulse = pulse(life)
    .catch((error: unknown) =>
      guarded(life, tell, () => {
        if (!(error instanceof Over)) throw error;
        endNow(life);
      }),
    )
    .finally(() => (life.pulse = undefined));
}

/** What one task is in trouble with is not the others' trouble. */
function guarded(life: Life, tell: Tell, act: () => void): void {
  try {
    act();
  } catch (error) {
    tell("task.trouble", { task: life.place.name, error: said(error) });
  }
}

const said = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
