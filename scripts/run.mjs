/* Runs one of the project's own programs with everything installed: `node scripts/run.mjs scripts/check.ts`. */
import { launch } from "./launch.mjs";

const [program = "scripts/check.ts", ...args] = process.argv.slice(2);
launch({ needs: "all", program, args });
