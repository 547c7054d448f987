import { parseCLI, startVitest } from "vitest/node";
import { closing, tally } from "./vitest/tally.ts";

/** `npm test`: every test that this machine can run. Words and options after `--` are vitest's own. */

const { filter, options } = parseCLI(["vitest", "run", ...process.argv.slice(2)]);
const vitest = await startVitest(filter, { ...options, watch: false, run: true });
await vitest.close();

const outcome = tally(vitest.state.getTestModules(), vitest.state.getUnhandledErrors().length);
process.stdout.write(`\n${closing(outcome)}`);
if (outcome.failed > 0 || outcome.passed === 0) process.exitCode = 1;
