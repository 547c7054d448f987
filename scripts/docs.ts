import { stale, write } from "./reference/kept.ts";
import { pages } from "./reference/pages.ts";

/** `npm run docs` writes `docs/reference` from the code; with `--check` it only tells whether that is needed. */

const made = await pages();
const names = await stale(made);
if (names.length > 0 && process.argv.includes("--check")) {
  process.stdout.write(`docs/reference is stale: ${names.join(", ")}. Run \`npm run docs\`.\n`);
  process.exitCode = 1;
} else {
  await write(made, names);
}
