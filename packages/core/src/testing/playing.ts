import { textAt, type Answered, type Desk } from "./asking.ts";

/** A job of ada's, made through the API. */
export async function jobOf({ ask }: Desk, more: object = {}): Promise<string> {
  const spec = {
    name: "hello",
    image: "acme/ada/python:host",
    instance_type: "large",
    command: "echo hi",
    ...more,
  };
  return textAt(
    (await ask("PUT /api/recipes", { body: { type: "job", spec } })).body,
    "state",
    "id",
  );
}

/** What a test plays: the agent of the newest task, which speaks through the API as the real one does. */
export interface Played {
  readonly run: string;
  bundle(): Promise<Answered>;
  report(report: object): Promise<Answered>;
  log(step: string, offset: number, text: string): Promise<Answered>;
  /** Plays a task that prepares, then writes `output` and ends with `exit_code`. */
  through(output: string, exit_code: number): Promise<void>;
}

/** Starts the job, and lets the platform act until its task is there. */
export async function startOf(desk: Desk, job: string): Promise<Played> {
  const started = await desk.ask(`POST /api/jobs/${job}/start`);
  await desk.world.deliver();
  const run = textAt(started.body, "run_id");
  const ticket = desk.world.compute.tasks().find(({ task }) => task.run === run)?.task.ticket ?? "";
  const headers = { authorization: `Ticket ${ticket}` };
  const path = `/api/tasks/${run}/1`;
  const report = (body: object) => desk.ask(`POST ${path}/report`, { as: "nobody", headers, body });
  const log = (step: string, offset: number, text: string) =>
    desk.ask(`PUT ${path}/logs/${step}/${offset}`, {
      as: "nobody",
      headers,
      bytes: new TextEncoder().encode(text),
    });
  const bundle = () => desk.ask(`POST ${path}/bundle`, { as: "nobody", headers });
  return {
    run,
    bundle,
    report,
    log,
    async through(output, exit_code) {
      const at = new Date(desk.world.clock.now()).toISOString();
      const steps = [step("environment", at, 0), step("command", at, output.length, exit_code)];
      await log("command", 0, output);
      await report({ steps });
      await report({ steps, ended: { at, exit_code } });
      await desk.world.deliver();
    },
  };
}

const step = (name: string, at: string, bytes: number, exit_code = 0) => ({
  name,
  state: exit_code === 0 ? "succeeded" : "failed",
  started_at: at,
  ended_at: at,
  bytes,
});
