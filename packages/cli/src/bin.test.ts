import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";

const program = fileURLToPath(new URL("bin.ts", import.meta.url));
const run = {
  id: "1".repeat(32),
  name: "hello-11111111",
  status: "running",
  steps: [],
  ended_at: null,
};

/** A folder with a server of a few fixed answers; its log never ends. */
async function folderWithServer(): Promise<string> {
  const answers: Readonly<Record<string, object>> = {
    "/api/jobs": { jobs: [] },
    [`/api/runs/${run.id}`]: run,
    [`/api/runs/${run.id}/logs`]: {
      entries: [{ step: "command", text: "0123456789\n".repeat(20_000) }],
      cursor: "c",
      ended: false,
      status: "running",
    },
  };
  const server = createServer(({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://x");
    if (searchParams.has("cursor")) return;
    response.end(JSON.stringify(answers[pathname]));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const folder = mkdtempSync(join(tmpdir(), "cassini-bin-"));
  mkdirSync(join(folder, ".cassini"));
  writeFileSync(join(folder, ".cassini", "admin.token"), "t\n");
  const port = typeof address === "object" ? address?.port : undefined;
  writeFileSync(join(folder, ".cassini", "server.lock"), JSON.stringify({ port }));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true });
  });
  return folder;
}

function begin(cwd: string, ...args: string[]): ChildProcess {
  const env = { PATH: process.env["PATH"], HOME: cwd };
  const child = spawn(process.execPath, [program, ...args], { cwd, env });
  onTestFinished(() => void child.kill("SIGKILL"));
  return child;
}

const textOf = (stream: ChildProcess["stdout"]): (() => string) => {
  let text = "";
  stream?.setEncoding("utf8").on("data", (piece: string) => (text += piece));
  return () => text;
};

const codeOf = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once("close", resolve));

describe("the command as a process", () => {
  it("finds the server of its folder, prints and ends", async () => {
    const child = begin(await folderWithServer(), "list", "--json");
    const out = textOf(child.stdout);
    expect(await codeOf(child)).toBe(0);
    expect(JSON.parse(out())).toEqual({ jobs: [] });
  });

  it("takes what is piped into it, and ends with the number of the failure", async () => {
    const child = begin(await folderWithServer(), "apply", "-f", "-");
    const err = textOf(child.stderr);
    child.stdin?.end("type: [");
    expect(await codeOf(child)).toBe(2);
    expect(err()).toMatch(/^the standard input, line 1, column/);
  });

  it("leaves a run going at Ctrl-C, at once though the server has it wait", async () => {
    const child = begin(await folderWithServer(), "logs", run.id, "-f");
    const [out, err] = [textOf(child.stdout), textOf(child.stderr)];
    while (out().length < 220_000)
      await new Promise((resolve) => child.stdout?.once("data", resolve));
    child.kill("SIGINT");
    expect(await codeOf(child)).toBe(130);
    expect(err()).toMatch(/hello-11111111 goes on\. .*Stop it: cassini stop run hello-11111111\n$/);
  });

  it("ends quietly when whoever reads it has read enough", async () => {
    const child = begin(await folderWithServer(), "logs", run.id, "-f");
    const err = textOf(child.stderr);
    child.stdout?.once("data", () => child.stdout?.destroy());
    expect(await codeOf(child)).toBe(0);
    expect(err()).toBe("== command ==\n");
  });
});
