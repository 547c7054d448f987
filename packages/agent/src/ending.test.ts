import { describe, expect, it } from "vitest";
import { endingOf } from "./ending.ts";

const now = "2026-01-01T00:00:10.000Z";
const at = "2026-01-01T00:00:05.000Z";
const identity = { pid: 1, start: "1", boot: "b" };
const stop = { at: "2026-01-01T00:00:04.000Z", grace: 30, reason: "host.stopped" };

describe("how an attempt ended", () => {
  it("is the command's own exit, at its own time", () => {
    expect(endingOf({ state: "exited", code: 3, at }, undefined, now)).toEqual({
      at,
      exit_code: 3,
      lines: [],
    });
  });

  it("is a stop where one had been asked for by then", () => {
    expect(endingOf({ state: "exited", code: 0, at }, stop, now)).toMatchObject({
      exit_code: 0,
      reason: "host.stopped",
    });
  });

  it("is no stop where that was asked for after the command's end", () => {
    const late = { ...stop, at: "2026-01-01T00:00:06.000Z" };
    expect(endingOf({ state: "exited", code: 1, at }, late, now)).toEqual({
      at,
      exit_code: 1,
      lines: [],
    });
  });

  it("is the loss of the shim where nobody told of an exit", () => {
    expect(endingOf({ state: "dead", identity }, undefined, now)).toEqual({
      at: now,
      reason: "host.shim_lost",
      lines: [],
    });
  });

  it("is a kill where a shim that would not stop was killed", () => {
    expect(endingOf({ state: "dead", identity }, stop, now)).toMatchObject({
      exit_code: 137,
      reason: "host.stopped",
    });
  });

  it("is a restart of the machine, also of a task that was to stop", () => {
    expect(endingOf({ state: "restarted", identity }, undefined, now)).toMatchObject({
      reason: "host.restarted",
    });
    expect(endingOf({ state: "restarted", identity }, stop, now)).toMatchObject({
      reason: "host.restarted",
    });
  });

  it("is a stop where the task was kept from starting", () => {
    expect(endingOf({ state: "forbidden" }, undefined, now)).toMatchObject({
      reason: "run.stopped",
    });
    expect(endingOf({ state: "forbidden" }, stop, now)).toMatchObject({ reason: "host.stopped" });
  });
});
