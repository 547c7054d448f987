import { describe, expect, it } from "vitest";
import { machine } from "./index.ts";

const door = machine({
  open: { close: "shut" },
  shut: { open: "open", lock: "locked" },
  locked: {},
});

describe("a state machine", () => {
  it("leads from a state to where the move points", () => {
    expect(door.next("shut", "lock")).toBe("locked");
  });

  it("refuses a move that the state does not have, and names both", () => {
    expect(() => door.next("open", "lock")).toThrow("Cannot lock from open.");
  });

  it("knows its final states", () => {
    expect(door.states.filter((state) => door.isFinal(state))).toEqual(["locked"]);
  });
});
