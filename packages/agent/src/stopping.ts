import { existsSync } from "node:fs";
import { signal } from "./identity.ts";
import type { Life } from "./life.ts";
import { read, StopFile } from "./record.ts";
import { forbid, look } from "./shim.ts";

/** How long a shim may take to end what it was told to kill, before it is killed itself. */
const patience = 5000;

/**
 * Does what is due of a stop, if one was asked for: the shim is told to end the task (SIGTERM), after the grace to kill it (SIGUSR1),
 * and killed if it does neither. Where none has started, none will. Called at every tick, so nothing here waits.
 */
export function attend(life: Life): void {
  if (life.over !== undefined) return endNow(life);
  if (!existsSync(life.place.stop)) return;
  life.stop = read(life.place.stop, StopFile) ?? life.stop;
  if (!life.stop) return;
  life.halt.abort();
  press(life, Date.parse(life.stop.at) + life.stop.grace * 1000);
}

/** Ends a task at once, without grace. */
export function endNow(life: Life): void {
  life.over ??= Date.now();
  life.halt.abort();
  press(life, life.over);
}

/** Signals are sent again at every look: bash may sleep over one that comes just before it begins to wait. The shim counts none twice. */
function press(life: Life, deadline: number): void {
  const watched = look(life.place);
  if (watched.state === "absent") forbid(life.place);
  if (watched.state !== "alive") return;
  const late = Date.now() - deadline;
  if (late >= patience) signal(watched.identity, "SIGKILL");
  else signal(watched.identity, late >= 0 ? "SIGUSR1" : "SIGTERM");
}
