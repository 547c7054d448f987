import type { StepName } from "../launch/schema.ts";

/** Why a run ended other than well, or is not starting: the closed list. Each has a sentence and what to do. */
export const reasons = {
  "run.stopped": "The run was stopped as asked.",
  "step.failed":
    "A step of the run failed. Its last lines are shown; mend what they name and start again.",
  "host.shim_lost":
    "The process that watched over the run was killed from outside, so the run was ended. Start it again.",
  "host.restarted": "The machine was restarted while the run was going on. Start it again.",
  "host.stopped": "The server was told to end its tasks when it stopped. Start the run again.",
  "task.prepare_failed": "The run's surroundings could not be made ready. Its log names the cause.",
  "compute.start_failed":
    "No machine could be started for the run. Start it again; if it fails again, `cassini doctor` tells what is missing.",
  "compute.vanished":
    "The machine of the run is gone and left no word of how it ended. Start the run again.",
  "platform.failed":
    "The platform could not carry the run out. The server's log names the cause; start the run again.",
} as const;
export type ReasonCode = keyof typeof reasons;

/** What each step is called in a sentence. */
const titles: Record<StepName, string> = {
  environment: "Writing the environment and files",
  repositories: "Cloning the repositories",
  packages: "Installing the extra packages",
  "start-script": "The start script",
  command: "The command",
};

/** The sentence of a failed step. */
export const stepFailed = (step: StepName, exitCode: number | undefined): string =>
  exitCode === undefined
    ? `${titles[step]} failed.`
    : `${titles[step]} ended with code ${exitCode}${signalOf(exitCode)}.`;

/** The sentence of a code; a code from elsewhere is told as it is. */
export const sentenceOf = (code: string): string =>
  Object.entries(reasons).find(([known]) => known === code)?.[1] ?? `${code}.`;

/** Exit codes above 128 are, by the shell's custom, the number of the signal that ended the process. */
function signalOf(exitCode: number): string {
  const names: Record<number, string> = {
    137: "killed, SIGKILL",
    139: "memory fault, SIGSEGV",
    143: "ended, SIGTERM",
    130: "interrupted, SIGINT",
  };
  const name = names[exitCode];
  return name === undefined ? "" : ` (${name})`;
}
