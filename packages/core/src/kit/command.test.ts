import * as z from "zod";
import { describe, expect, it } from "vitest";
import { AccessDenied, command, InputInvalid, Stale } from "./index.ts";

const anyone = { caller: { may: () => true } };
const nobody = { caller: { may: () => false } };

const double = command({
  input: z.strictObject({ number: z.int() }),
  allow: "number.write",
  run: async ({ number }) => number * 2,
});

describe("a command", () => {
  it("runs for a caller who may", async () => {
    expect(await double(anyone, { number: 21 })).toBe(42);
  });

  it("is refused before anything happens to a caller who may not", async () => {
    await expect(double(nobody, { number: 21 })).rejects.toSatisfy(AccessDenied.is);
  });

  it("says which field of unchecked input does not fit, and how", async () => {
    await expect(double.from(anyone, { number: "x", extra: 1 })).rejects.toThrow(
      /number: must be a number/,
    );
    await expect(double.from(anyone, {})).rejects.toSatisfy(InputInvalid.is);
  });

  it("reads again while somebody else was faster", async () => {
    let tries = 0;
    const third = command({
      input: z.object({}),
      allow: "number.write",
      run: async () => {
        tries += 1;
        if (tries < 3) throw Stale({ type: "number" });
        return tries;
      },
    });
    expect(await third(anyone, {})).toBe(3);
  });

  it("gives up on a record that never holds still, with the reason", async () => {
    const never = command({
      input: z.object({}),
      allow: "number.write",
      run: async () => Promise.reject(Stale({ type: "number" })),
    });
    await expect(never(anyone, {})).rejects.toThrow("This number was changed by someone else");
  });
});
