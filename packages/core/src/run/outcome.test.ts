import { describe, expect, it } from "vitest";
import { mergeSteps, outcomeOf } from "./outcome.ts";
import type { Attempt, Info, Step } from "./schema.ts";

const at = "2026-01-01T00:00:00.000Z";
const id = "0".repeat(32);
const run: Info = {
  id,
  job_id: id,
  owner_id: id,
  name: "nightly-1",
  plan: "plans/1",
  state: "running",
  attempt: 1,
  trigger: "api",
  commits: [],
  created_by: "acme/ada",
  created_at: at,
};
const attempt: Attempt = {
  run_id: id,
  number: 1,
  state: "ended",
  steps: [],
  commits: [],
  lines: [],
  created_at: at,
};
const step = (name: Step["name"], state: Step["state"]): Step => ({ name, state, started_at: at });

describe("how a run has ended", () => {
  it("is completed when the command ended with 0", () => {
    expect(outcomeOf(run, attempt, { at, exit_code: 0 })).toMatchObject({
      state: "completed",
      exit_code: 0,
    });
  });

  it("is error with the failed step's name, code and last lines", () => {
    const failed = { ...attempt, steps: [step("start-script", "failed")], lines: ["no such file"] };
    expect(outcomeOf(run, failed, { at, exit_code: 3 })).toEqual({
      state: "error",
      exit_code: 3,
      reason: {
        code: "step.failed",
        sentence: "The start script ended with code 3.",
        step: "start-script",
        lines: ["no such file"],
      },
    });
  });

  it("names the signal that killed the command", () => {
    const killed = { ...attempt, steps: [step("command", "failed")] };
    expect(outcomeOf(run, killed, { at, exit_code: 137 }).reason?.sentence).toBe(
      "The command ended with code 137 (killed, SIGKILL).",
    );
  });

  it("is stopped when a stop was asked for and the command did not end well by itself", () => {
    const stopping: Info = { ...run, state: "stopping", stop_requested_at: at };
    expect(outcomeOf(stopping, attempt, { at, exit_code: 143 }).state).toBe("stopped");
  });

  it("is completed when the command was faster than the wish to stop it", () => {
    const stopping: Info = { ...run, state: "stopping", stop_requested_at: at };
    expect(outcomeOf(stopping, attempt, { at, exit_code: 0 }).state).toBe("completed");
  });

  it("keeps the reason of a machine that died, whatever was asked", () => {
    const outcome = outcomeOf(run, attempt, { at, reason: "host.restarted" });
    expect(outcome).toMatchObject({ state: "error", reason: { code: "host.restarted" } });
    expect(outcome.reason?.sentence).toContain("machine was restarted");
  });
});

describe("news of steps", () => {
  it("keep the order of the plan, whatever order they arrive in", () => {
    const merged = mergeSteps(
      [step("command", "running")],
      [step("packages", "succeeded"), step("environment", "succeeded")],
    );
    expect(merged.map(({ name }) => name)).toEqual(["environment", "packages", "command"]);
  });

  it("never take an end back", () => {
    const merged = mergeSteps([step("packages", "failed")], [step("packages", "running")]);
    expect(merged[0]?.state).toBe("failed");
  });
});
