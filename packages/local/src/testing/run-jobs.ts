import { existsSync } from "node:fs";
import * as z from "zod";
import { modes } from "../process/confine.ts";
import { textOf } from "./task-rules.ts";
import { taskHost } from "./tasks.ts";

/**
 * Runs jobs one after the other on a host of its own and says what came of them: `node run-jobs.ts '{"modes": …, "jobs": […]}'`.
 * A program, so that a test can run it as another user.
 */
const Asked = z.object({
  modes: z.array(z.enum(modes)),
  jobs: z.array(
    z.object({ command: z.string(), owner_id: z.string().optional(), pip: z.string().optional() }),
  ),
});
const asked = Asked.parse(JSON.parse(process.argv[2] ?? ""));
const host = await taskHost({ modes: asked.modes });
const findings = await host.driver.findings();
const results = [];
for (const { command, owner_id = "a".repeat(32), pip } of asked.jobs) {
  const packages = pip === undefined ? {} : { pip: { requirements_txt: pip } };
  const started = await host.start({
    command: command.replaceAll("@home", host.home),
    owner_id,
    packages,
  });
  const { ended } = await started.end();
  results.push({
    exit_code: ended?.exit_code,
    reason: ended?.reason,
    text: textOf(started.seen),
    home: host.home,
  });
}
await host.close();
process.stdout.write(
  JSON.stringify({ findings, results, wrongs: host.api.wrongs, left: existsSync(host.home) }),
);
