import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { InputInvalid } from "@cassini/core/kit";
import { appendLine, fileSink, logTo } from "./log.ts";

describe("the server's log", () => {
  it("has a JSON line for each event, a failure by its code and a bug with stack and cause", async () => {
    const lines: string[] = [];
    const alarms: string[] = [];
    const log = logTo({ write: (text) => void lines.push(text), close: () => undefined }, (line) =>
      alarms.push(line),
    );
    log.info("request", { status: 200 });
    log.warn("refused", { error: InputInvalid({ problems: "x" }) });
    log.error("broken", { error: new Error("outer", { cause: new Error("inner") }) });
    log.close();
    const told = lines
      .join("")
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(told).toMatchObject([
      { level: "info", event: "request", status: 200 },
      { level: "warn", error: { code: "input.invalid", message: expect.stringContaining("x") } },
      {
        level: "error",
        error: {
          message: "outer",
          stack: expect.stringContaining("log.test.ts"),
          cause: { message: "inner" },
        },
      },
    ]);
    expect(alarms).toHaveLength(1);
  });

  it("keeps a letter that could not be delivered in one line, with the error", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cassini-log-"));
    const path = join(folder, "dead-letters.jsonl");
    for (const id of ["1", "2"])
      appendLine(path, { reaction: "startRun", error: new Error("Never."), event: { id } });
    const lines = (await readFile(path, "utf8"))
      .trim()
      .split("\n")
      .map((line): unknown => JSON.parse(line));
    expect(lines).toMatchObject([
      { reaction: "startRun", error: { message: "Never." }, event: { id: "1" } },
      { reaction: "startRun", event: { id: "2" } },
    ]);
    await rm(folder, { recursive: true });
  });

  it("puts a grown file aside and begins a new one", async () => {
    const folder = await mkdtemp(join(tmpdir(), "cassini-log-"));
    const path = join(folder, "server.log");
    const sink = fileSink(path, 10);
    for (const text of ["first line\n", "second\n", "third\n", "fourth\n"]) sink.write(text);
    sink.close();
    expect([await readFile(`${path}.1`, "utf8"), await readFile(path, "utf8")]).toEqual([
      "second\nthird\n",
      "fourth\n",
    ]);
    await rm(folder, { recursive: true });
  });
});
