import { Launch } from "@cassini/core/launch";
import { describe, expect, it } from "vitest";
import { stepsOf } from "./step.ts";

const now = "2026-01-01T00:00:00.000Z";
const marks = (text: string) => Launch.parseMarks(text);

describe("the steps that marks tell of", () => {
  it("are running from their start to their end", () => {
    const told = stepsOf(marks("start packages 1\nend packages 2 0\nstart command 3\n"), now);
    expect(told).toEqual([
      {
        name: "packages",
        state: "succeeded",
        started_at: "1970-01-01T00:00:01.000Z",
        ended_at: "1970-01-01T00:00:02.000Z",
      },
      { name: "command", state: "running", started_at: "1970-01-01T00:00:03.000Z" },
    ]);
  });

  it("end with the task, and as it does", () => {
    const end = (exitCode?: number) =>
      stepsOf(marks("start command 3\n"), now, { at: now, exitCode });
    expect(end(0)).toMatchObject([{ state: "succeeded", ended_at: now }]);
    expect(end(1)).toMatchObject([{ state: "failed", ended_at: now }]);
    expect(end()).toMatchObject([{ state: "failed", ended_at: now }]);
  });

  it("are what was marked first, whatever a task writes after that", () => {
    const told = stepsOf(
      marks("start command 3\nend command 4 1\nstart command 9\nend command 9 0\n"),
      now,
    );
    expect(told).toMatchObject([{ name: "command", state: "failed" }]);
    expect(told).toHaveLength(1);
  });

  it("are never the agent's own", () => {
    expect(
      stepsOf(marks("start environment 1\nend repositories 1 1\nend command 1 0\n"), now),
    ).toEqual([]);
  });

  it("have the time that is known where the task's bash cannot tell it", () => {
    expect(stepsOf(marks("start command -\n"), now)).toMatchObject([{ started_at: now }]);
  });
});
