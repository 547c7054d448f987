import type { Asked, Outcome } from "../command.ts";
import { exitOfRun, interruptedExit } from "../exit.ts";
import { endOf, lastLines } from "./end.ts";
import { pagesOf, patiently } from "./pages.ts";
import type { RunDetail } from "./run.ts";
import { screenOf, type Screen } from "./screen.ts";

type Surroundings = Pick<Asked, "io" | "api" | "aside" | "format">;

/** Often enough to tell of steps that write nothing, until the command runs and its log says what there is to say. */
const preparingSeconds = 1;
const runningSeconds = 20;

/** Shows what a run has written so far. */
export async function show(asked: Surroundings, run: RunDetail): Promise<Outcome> {
  const screen = screenOf(asked);
  const pages = pagesOf({
    ...asked,
    run: run.id,
    waitSeconds: () => undefined,
    noticed: async () => {},
  });
  for await (const page of pages) await showAll(screen, page.entries);
  if (run.ended_at === null)
    await screen.say(`${run.name} is ${run.status}. Follow it: cassini logs ${run.name} -f`);
  return {};
}

/** Shows a run as it goes on, its steps and its log, and ends as the run does. Ctrl-C leaves the run going. */
export async function follow(asked: Surroundings, first: RunDetail): Promise<Outcome> {
  const screen = screenOf(asked);
  try {
    const run = await watch(asked, screen, first);
    for (const line of [
      ...endOf(run, asked.io.now(), asked.aside),
      ...lastLines(run, asked.io.stdout),
    ])
      await screen.say(line);
    return { exit: exitOfRun(run.status) };
  } catch (error) {
    if (!asked.io.interrupted.aborted) throw error;
    await screen.say(
      `${first.name} goes on. Follow it again: cassini logs ${first.name} -f. Stop it: cassini stop run ${first.name}`,
    );
    return { exit: interruptedExit };
  }
}

async function watch(
  { io, api }: Surroundings,
  screen: Screen,
  first: RunDetail,
): Promise<RunDetail> {
  let run = first;
  const noticed = (answers: boolean) =>
    screen.say(
      answers
        ? "The server answers again."
        : "The server does not answer; trying again. The run goes on meanwhile.",
    );
  const read = async () => {
    run = await patiently(() => api("GET /api/runs/{id}", { id: first.id }), { io, noticed });
  };
  const waitSeconds = () =>
    run.steps.some(({ name }) => name === "command") ? runningSeconds : preparingSeconds;
  for await (const { entries, ended } of pagesOf({
    io,
    api,
    run: first.id,
    waitSeconds,
    noticed,
  })) {
    if (waitSeconds() === preparingSeconds || entries.length === 0 || ended) await read();
    await showAll(screen, entries, (step) => screen.mark(before(step, run)));
    if (entries.length === 0 || ended) await screen.mark(run.steps);
  }
  if (run.ended_at === null) await read();
  return run;
}

async function showAll(
  screen: Screen,
  entries: Parameters<Screen["show"]>[0][],
  begins = async (_step: string) => {},
): Promise<void> {
  for (const entry of entries) {
    await begins(entry.step);
    await screen.show(entry);
  }
}

/** The steps that come before one in the run's order. */
const before = (step: string, { steps }: RunDetail): RunDetail["steps"] =>
  steps.slice(
    0,
    Math.max(
      0,
      steps.findIndex(({ name }) => name === step),
    ),
  );
