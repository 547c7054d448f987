import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pod } from "./index.ts";

const id = fc.stringMatching(/^[0-9a-f]{32}$/);
const job = fc.stringMatching(/^[-a-zA-Z0-9]{1,64}$/);
const identity = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/);

describe("the name of a pod", () => {
  it("has the vendor's form", () => {
    const run = {
      id: "0123456789abcdef0123456789abcdef",
      name: "Nightly-train-01234567",
      attempt: 1,
    };
    expect(Pod.nameOf(run, "ada")).toBe(
      "id-ada-nightly-train-0123456789abcdef0123456789abcdef-bj-0-56789",
    );
  });

  it("leads straight to its run and attempt, whatever job and owner are called", () => {
    fc.assert(
      fc.property(
        id,
        job,
        identity,
        fc.integer({ min: 1, max: 999 }),
        (run, name, owner, attempt) => {
          const pod = Pod.nameOf({ id: run, name: `${name}-${run.slice(0, 8)}`, attempt }, owner);
          expect(pod).toMatch(/^[a-z0-9-]+$/);
          expect(Pod.placeOf(pod)).toEqual({ run, attempt });
        },
      ),
    );
  });

  it("differs from attempt to attempt", () => {
    const run = { id: "0123456789abcdef0123456789abcdef", name: "a-01234567" };
    expect(Pod.nameOf({ ...run, attempt: 2 }, "ada")).not.toBe(
      Pod.nameOf({ ...run, attempt: 1 }, "ada"),
    );
  });

  it.each([
    "",
    "id-",
    "id-ada-x-0-0-0",
    `x-${"a".repeat(32)}-ab-0-00000`,
    `id-a-${"a".repeat(32)}-ab-0-0000g`,
  ])("is not %j", (name) => {
    expect(Pod.placeOf(name)).toBeUndefined();
  });
});
