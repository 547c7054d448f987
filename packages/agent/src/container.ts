import { basename } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Over } from "./api.ts";
import { httpClient } from "./http.ts";
import { lifeOf, preparingApi, type Host, type Life } from "./life.ts";
import { folderOf, placeOf } from "./place.ts";
import { prepare } from "./prepare.ts";
import { PreparedFile, read, write, type TaskFile } from "./record.ts";
import { pulse, tellEnd } from "./watch.ts";

/** A task in containers of its own, two of which are its agent, and what those are told of it. */
export interface Container {
  readonly url: string;
  readonly run: string;
  readonly attempt: number;
  readonly ticket: string;
  /** The volume that agent and task share: the task's home. */
  readonly home: string;
  /** Whom the home belongs to, where that is not the agent's own user. */
  readonly owner?: NonNullable<TaskFile["owner"]>;
}

/** How often logs and steps are shipped, in milliseconds. Each time may cost a request for each of them. */
const interval = 2000;

/** The container before the task's: makes its home ready. Answers whether the task may begin; else the platform has been told why. */
export async function prepareContainer(of: Container): Promise<boolean> {
  const life = lifeIn(of);
  const prepared: PreparedFile = await prepare({
    task: life.task,
    note: life.place.preparing,
    signal: life.halt.signal,
    bundle: preparingApi(life).bundle,
    turn: life.host.turn,
    progress: (steps, commits) => Object.assign(life, { steps, commits }),
  });
  const { steps, commits, failed } = prepared;
  Object.assign(life, { steps, commits });
  if (failed) {
    const reason = failed.reason === undefined ? {} : { reason: failed.reason };
    await tellEnd(life, { at: new Date().toISOString(), ...reason, lines: failed.lines });
    return false;
  }
  write(life.place.prepared, prepared);
  await pulse(life);
  return true;
}

/** The container beside the task's: ships and reports until the signal, which comes when the task has ended, and once more then. */
export async function watchContainer(of: Container, ended: AbortSignal): Promise<void> {
  const life = lifeIn(of);
  Object.assign(life, read(life.place.prepared, PreparedFile));
  while (!ended.aborted) {
    await pulse(life).catch(ignoreOver);
    // The wait is over when the time is, or when the signal comes; both are fine.
    await pause(interval, undefined, { signal: ended }).catch(() => undefined);
  }
  await pulse(life).catch(ignoreOver);
}

/** Of an attempt that is over nothing more is wanted. Whoever started its containers ends them. */
function ignoreOver(error: unknown): void {
  if (!(error instanceof Over)) throw error;
}

function lifeIn({ url, home, owner, ...attempt }: Container): Life {
  const host: Host = {
    url,
    send: httpClient(2),
    turn: (work) => work(),
    nextLook: () => pause(interval),
    discard: () => undefined,
  };
  const task: TaskFile = {
    ...attempt,
    client_token: "",
    home,
    folder: home,
    ...(owner && { owner }),
    shim: ["false"],
    tool: [],
    reader: [],
    hidden: [],
    environment: {},
    contained: true,
    cgroups: [],
  };
  return lifeOf(host, placeOf(home, basename(folderOf(home))), task);
}
