import { defineConfig } from "vitest/config";

/** Long tests are a run of their own: `npm run test:long`. */
const ending = process.env["CASSINI_LONG_TESTS"] ? "long.test.ts" : "test.ts";
const exclude = process.env["CASSINI_LONG_TESTS"] ? [] : ["**/*.long.test.ts"];
const strict = { expect: { requireAssertions: true }, exclude: ["**/node_modules/**", ...exclude] };

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          ...strict,
          name: "core",
          include: [`packages/core/src/**/*.${ending}`],
          // Pure functions share a worker: nothing they do outlives a test.
          pool: "threads",
          isolate: false,
        },
      },
      {
        test: {
          ...strict,
          name: "runtimes",
          include: [`packages/!(core)/src/**/*.${ending}`],
          pool: "forks",
        },
      },
      {
        test: {
          ...strict,
          name: "repository",
          include: [`scripts/**/*.${ending}`, `stacks/**/*.${ending}`],
          pool: "forks",
        },
      },
    ],
  },
});
