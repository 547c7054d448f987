import type { TestCase, TestModule } from "vitest/node";

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  /** The full names of the tests that did not run. */
  readonly skipped: readonly string[];
}

/** Counts what a run came to. A file that could not be read, and an error that no test caught, count as failures. */
export function tally(modules: readonly TestModule[], uncaught: number): Tally {
  const tests = modules.flatMap((module) => [...module.children.allTests()]);
  const unread = modules.filter(
    (module) => module.state() === "failed" && module.errors().length > 0,
  );
  return {
    passed: tests.filter((test) => isIn(test, "passed")).length,
    failed: tests.filter((test) => isIn(test, "failed")).length + unread.length + uncaught,
    skipped: tests.filter((test) => isIn(test, "skipped")).map((test) => test.fullName),
  };
}

/** What a person reads last: what was skipped, by name, and one line of counts. */
export function closing({ passed, failed, skipped }: Tally): string {
  const names = skipped.map((name) => `  skipped: ${name}\n`).join("");
  return `${names}${passed} passed, ${failed} failed, ${skipped.length} skipped\n`;
}

function isIn(test: TestCase, state: "passed" | "failed" | "skipped"): boolean {
  return test.result().state === state;
}
