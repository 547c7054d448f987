import type { EndedFile, StopFile } from "./record.ts";
import type { Gone } from "./shim.ts";

/** The exit code of what was ended by SIGKILL. */
const killed = 137;

/** How an attempt ended, given what has become of its shim and whether it was to stop. Pure. */
export function endingOf(gone: Gone, stop: StopFile | undefined, now: string): EndedFile {
  const asked = stop && { reason: stop.reason };
  if (gone.state === "exited") {
    // What had ended by itself before it was to stop was not stopped.
    const reason = stop && stop.at > gone.at ? undefined : asked;
    return { at: gone.at, exit_code: gone.code, ...reason, lines: [] };
  }
  return { at: now, ...(unsaid[gone.state](asked) ?? asked), lines: [] };
}

type Asked = { readonly reason: string } | undefined;

/** What it is called when a task ends without a word. */
const unsaid = {
  dead: (asked: Asked) => (asked ? { exit_code: killed, ...asked } : { reason: "host.shim_lost" }),
  restarted: () => ({ reason: "host.restarted" }),
  forbidden: (asked: Asked) => asked ?? { reason: "run.stopped" },
} as const;
