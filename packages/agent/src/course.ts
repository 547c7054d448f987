import { rm } from "node:fs/promises";
import { Over } from "./api.ts";
import { endingOf } from "./ending.ts";
import { textOf } from "./file.ts";
import { preparingApi, type Life } from "./life.ts";
import { prepare } from "./prepare.ts";
import { EndedFile, PreparedFile, read, write } from "./record.ts";
import { forbid, killLeftovers, look, ranOutOfMemory, startShim } from "./shim.ts";
import { endNow } from "./stopping.ts";
import { endLeftover } from "./tool.ts";
import { tellEnd } from "./watch.ts";

/**
 * Takes a task from wherever its files say that it is to its end, tells it, and forgets it. Every step is written down before the
 * next begins, so that an agent that is killed between any two is replaced by one that goes on.
 */
export async function carry(life: Life): Promise<void> {
  try {
    recall(life, read(life.place.prepared, PreparedFile));
    const ended = read(life.place.ended, EndedFile) ?? (await course(life));
    await tellEnd(life, ended);
  } catch (error) {
    if (!(error instanceof Over)) throw error;
    await abandon(life);
  }
  life.host.discard(life);
}

function recall(life: Life, prepared: PreparedFile | undefined): void {
  if (prepared) Object.assign(life, { steps: prepared.steps, commits: prepared.commits });
}

async function course(life: Life): Promise<EndedFile> {
  const ended = (await unready(life)) ?? (await outcome(life));
  write(life.place.ended, ended);
  return ended;
}

const outOfMemory =
  "It was ended because it took more memory than its size has. Choose a larger size.";
const now = (): string => new Date().toISOString();

/** Makes the task ready unless it is; answers how it ended where that fails. */
async function unready(life: Life): Promise<EndedFile | undefined> {
  const prepared = read(life.place.prepared, PreparedFile) ?? (await madeReady(life));
  recall(life, prepared);
  const { failed } = prepared;
  if (!failed) return undefined;
  const reason = life.stop?.reason ?? failed.reason;
  return {
    at: now(),
    ...(reason !== undefined && { reason }),
    lines: failed.lines,
  };
}

/** Makes the task ready from the start, whatever an agent before this one has left of it. */
async function madeReady(life: Life): Promise<PreparedFile> {
  const { place, task, halt } = life;
  if (look(place).state === "forbidden") return { steps: [], commits: [] };
  endLeftover(place.preparing);
  await rm(task.folder, { recursive: true, force: true });
  const prepared: PreparedFile = await prepare({
    task,
    note: place.preparing,
    signal: halt.signal,
    bundle: preparingApi(life).bundle,
    turn: life.host.turn,
    progress: (steps, commits) => Object.assign(life, { steps, commits }),
  }).catch((error: unknown) => {
    // Being stopped is no failure to get ready: what follows sees that nothing may start.
    if (halt.signal.aborted && !(error instanceof Over))
      return { steps: [...life.steps], commits: [...life.commits] };
    throw error;
  });
  write(place.prepared, prepared);
  return prepared;
}

/** Starts the shim unless one has started, and waits for its end. */
async function outcome(life: Life): Promise<EndedFile> {
  const { place, task } = life;
  if (look(place).state === "absent") await startShim(place, task);
  let watched = look(place);
  while (watched.state === "alive") {
    await life.host.nextLook();
    watched = look(place);
  }
  if (watched.state === "absent") return unstarted(life);
  if (watched.state !== "forbidden") killLeftovers(task, place);
  const ended = endingOf(watched, life.stop, now());
  return ended.exit_code !== 0 && ranOutOfMemory(task)
    ? { ...ended, lines: [...ended.lines, outOfMemory] }
    : ended;
}

/** The shim did not come so far as to start; now it never will. */
async function unstarted(life: Life): Promise<EndedFile> {
  if (!forbid(life.place)) return outcome(life);
  const said = (textOf(life.place.shimLog) ?? "").trimEnd().split("\n").slice(-10);
  return {
    at: now(),
    reason: life.stop?.reason ?? "task.prepare_failed",
    lines: ["The task's process could not be started.", ...said],
  };
}

/** Ends what still lives of a task that the platform wants to hear nothing more of. */
async function abandon(life: Life): Promise<void> {
  life.over ??= Date.now();
  endNow(life);
  while (look(life.place).state === "alive") {
    await life.host.nextLook();
    endNow(life);
  }
  killLeftovers(life.task, life.place);
}
