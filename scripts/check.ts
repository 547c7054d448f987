import { existsSync } from "node:fs";
import { join } from "node:path";
import { type Check, runAll } from "./checks.ts";

/** `npm run check`: everything that is true of the code without running it. */
const checks: readonly Check[] = [
  { name: "types", line: ["tsc", "-p", "."] },
  { name: "types of the domain alone", line: ["tsc", "-p", "packages/core/tsconfig.pure.json"] },
  { name: "lint", line: ["oxlint"] },
  { name: "format", line: ["oxfmt", "--check"] },
  {
    name: "imports",
    line: ["depcruise", "packages", "stacks", "scripts", "bench", "sst.config.ts"],
  },
  { name: "dead code", line: ["knip"] },
  { name: "docs", line: ["scripts/docs.ts", "--check"] },
];

const isThere = ({ line: [program] }: Check) =>
  !program.endsWith(".ts") || existsSync(join(import.meta.dirname, "..", program));

if (!(await runAll(checks.filter(isThere)))) process.exitCode = 1;
