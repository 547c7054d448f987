import { installText } from "./install.ts";
import { kindsUsed } from "./packages.ts";
import type { Plan, StepName } from "./schema.ts";
import { quoted, unixLines, written } from "./shell.ts";

/** A program takes no argument longer than 128 KB; a longer command is run from a file. */
const longestArgumentBytes = 100_000;

/**
 * Renders `entry.sh`: packages, start script, command. It is started as `bash -p entry.sh` and needs nothing else of an image.
 * `CASSINI_TASK` names the agent's folder, with a folder `log` in it: each step writes to `log/<step>` and leaves its marks in `marks`
 * (see `parseMarks`). A step that fails ends the script with its code. The command takes the script's place, so that its process is the task's.
 * What the host may put into the folder: `environment` (see `environmentText`), read first; `overlay`, one line that names a Python
 * environment, read before the start script. `CASSINI_PIP` names a program that installs pip packages in the host's own way: it is
 * given the path of a requirements file, sees `CASSINI_TASK`, and may write `overlay`.
 */
export const entryOf = (plan: Pick<Plan, "packages" | "start_script" | "command">): string =>
  [prologue, packagesStep(plan), overlay, startStep(plan), commandStep(plan)].join("");

const prologue = `# Runs a task: extra packages, start script, command. Needs bash alone.
: "\${CASSINI_TASK:?is not set}"
CASSINI_BASH=$BASH
if [ -f "$CASSINI_TASK/environment" ]; then . "$CASSINI_TASK/environment"; fi
unset FUNCNEST
export -n CASSINI_TASK CASSINI_PIP CASSINI_BASH CASSINI_WORKING_DIRECTORY
cassini_mark() {
  CASSINI_NOW=\${EPOCHREALTIME-}
  [ -n "$CASSINI_NOW" ] || printf -v CASSINI_NOW '%(%s)T' -1 2>/dev/null || CASSINI_NOW=-
  printf '%s %s %s%s\\n' "$1" "$2" "\${CASSINI_NOW/,/.}" "\${3:+ $3}" >>"$CASSINI_TASK/marks"
}
cassini_begin() {
  cassini_mark start "$1"
  exec </dev/null >>"$CASSINI_TASK/log/$1" 2>&1
  cd -- "$CASSINI_WORKING_DIRECTORY" && return
  printf 'The working directory %s cannot be entered. Name one that the image or a repository has.\\n' "$CASSINI_WORKING_DIRECTORY"
  cassini_end "$1" 1
}
cassini_end() {
  cassini_mark end "$1" "$2"
  [ "$2" = 0 ] || exit "$2"
}
`;

const overlay = `if [ -f "$CASSINI_TASK/overlay" ]; then
  IFS= read -r CASSINI_OVERLAY <"$CASSINI_TASK/overlay"
  export VIRTUAL_ENV="$CASSINI_OVERLAY" PATH="$CASSINI_OVERLAY/bin\${PATH:+:$PATH}"
  unset PYTHONHOME
fi
`;

const packagesStep = ({ packages }: Pick<Plan, "packages">): string =>
  kindsUsed(packages).length === 0 ? "" : step("packages", `(\n${installText(packages)})`);

/** The start script is a process of its own: it ends as any bash script does, and what it exports ends with it. */
const startStep = ({ start_script }: Pick<Plan, "start_script">): string =>
  start_script.trim() === ""
    ? ""
    : step(
        "start-script",
        `${written("start-script", start_script)} && ${runFile("start-script")}`,
      );

const commandStep = ({ command }: Pick<Plan, "command">): string =>
  `cassini_begin command\n${isLong(command) ? `${written("command", command)} && exec ${runFile("command")}` : `exec "$CASSINI_BASH" -c -- ${quoted(unixLines(command))}`}\n`;

const step = (name: StepName, body: string): string =>
  `cassini_begin ${name}\n${body}\ncassini_end ${name} "$?"\n`;

const runFile = (file: string): string => `"$CASSINI_BASH" "$CASSINI_TASK/${file}"`;

const isLong = (text: string): boolean =>
  new TextEncoder().encode(text).length > longestArgumentBytes;
