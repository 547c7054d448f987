import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { boot, ended, newest, newHome, removeHome, type Server } from "./server.ts";

const run = promisify(execFile);

/** The vendor's command in two generations, if it is installed: separated by colons, as a PATH is. */
const installed = (process.env["CASSINI_TEST_SC_BIN"] ?? "").split(":").filter(Boolean);
if (installed.length === 0 && process.env["CI"] === "true")
  throw new Error("CASSINI_TEST_SC_BIN names no `sc` to test with.");
const commands = installed.length > 0 ? installed : ["sc (CASSINI_TEST_SC_BIN names none)"];

let server: Server;
let folder: string;

beforeAll(async () => {
  server = await boot(await newHome());
  folder = await mkdtemp(join(tmpdir(), "cassini-sc-"));
}, 60_000);

afterAll(async () => {
  await server.end();
  await removeHome(server.home);
  await rm(folder, { recursive: true, force: true });
});

async function sc(command: string, ...args: string[]): Promise<string> {
  const env = {
    ...process.env,
    SATURN_BASE_URL: server.url,
    SATURN_TOKEN: await server.token(),
    COLUMNS: "200",
  };
  const { stdout } = await run(command, args, { env });
  return stdout;
}

const document = (name: string): string => `
type: job
spec:
  name: ${name}
  image: local/admin/python:host
  instance_type: micro
  command: echo said by the command; sleep 1
  start_script: echo said by the start script
`;

describe
  .skipIf(installed.length === 0)
  .each(commands.map((command, index) => ({ command, name: `sc-${index}` })))(
  "the vendor's own client $command",
  ({ command, name }) => {
    it(
      "applies, lists, starts, watches, reads, stops and deletes a job, unmodified",
      { timeout: 120_000 },
      async () => {
        const file = join(folder, `${name}.yaml`);
        await writeFile(file, document(name));

        expect(await sc(command, "apply", file)).toContain(name);
        expect(await sc(command, "list", "job")).toContain(name);
        expect(await sc(command, "get", "job", name, "-o", "yaml")).toContain(
          "said by the start script",
        );

        await sc(command, "start", "job", name);
        expect(await sc(command, "pods", "job", name)).toContain(name);
        expect((await ended(server, (await newest(server)).id)).status).toBe("completed");
        expect(await sc(command, "logs", "job", name)).toContain("said by the command");
        expect(await sc(command, "logs", "job", name, "--all-containers")).toContain(
          "said by the start script",
        );

        await sc(command, "start", "job", name);
        await sc(command, "stop", "job", name);
        expect((await ended(server, (await newest(server)).id)).status).toBe("stopped");

        await sc(command, "delete", "job", name);
        expect(await sc(command, "list", "job")).not.toContain(name);
      },
    );
  },
);
