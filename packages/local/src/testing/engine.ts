import { describe } from "vitest";
import { EngineMissing, engineProgram } from "../engine/engine-program.ts";

/** Whether this machine can run the embedded engine, or is told of another one. */
function hasEngine(): boolean {
  if (process.env["DYNAMODB_ENDPOINT"]) return true;
  try {
    return engineProgram(process.env) !== "";
  } catch (error) {
    if (EngineMissing.is(error)) return false;
    throw error;
  }
}

/** A group of tests that need the engine: skipped by name where there is none, except in CI, where this is a failure. */
export const describeWithEngine = hasEngine() || process.env["CI"] === "true" ? describe : describe.skip;
