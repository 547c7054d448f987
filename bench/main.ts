import { footprint } from "./footprint.ts";
import { type Figure, table } from "./figures.ts";
import { latency } from "./latency.ts";
import { pages } from "./pages.ts";
import { reads } from "./reads.ts";
import { throughput } from "./throughput.ts";

/** Every benchmark, by the name that `npm run bench -- NAME` calls it. */
const benches: Readonly<Record<string, () => Promise<Figure[]>>> = {
  latency,
  throughput,
  reads,
  pages,
  footprint,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) {
  process.stderr.write(
    `There is no benchmark ${unknown.join(", ")}. Choose from ${Object.keys(benches).join(", ")}.\n`,
  );
  process.exit(2);
}
for (const [name, bench] of Object.entries(benches)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  process.stdout.write(`${name}\n`);
  process.stdout.write(`${table(await bench())}\n\n`);
}
