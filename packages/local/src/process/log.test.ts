import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { logOf, textOf } from "../testing/task-rules.ts";
import { taskHost, type TaskHost } from "../testing/tasks.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TaskHost;
beforeAll(async () => {
  host = await taskHost();
});
afterAll(() => host.close());

const digest = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

describe("the log of a task", () => {
  it("has all of 100,000 lines, in order, whatever the task's end is", async () => {
    const wanted = Array.from({ length: 100_000 }, (_, index) => `line ${index + 1}\n`).join("");
    const ends = await Promise.all(
      ["exit 0", "exit 1", "kill -KILL $$"].map((end) =>
        host.run({ command: `seq -f 'line %.0f' 100000; ${end}` }),
      ),
    );
    for (const seen of ends)
      expect(digest(logOf(seen, "command"))).toBe(digest(Buffer.from(wanted)));
    expect(ends.map(({ ended }) => ended?.exit_code)).toEqual([0, 1, 137]);
    expect(ends[1]?.reports.at(-1)?.lines.at(-1)).toBe("line 100000");
  });

  it("has the last byte of a stream of 50 MB without a line's end, in pieces, with little memory", async () => {
    await host.run({});
    const before = agentKilobytes();
    const seen = await host.run({
      command:
        "python3 -c 'import sys\nfor i in range(50): sys.stdout.write(chr(97 + i % 26) * 1_000_000)'; exit 2",
    });
    const bytes = logOf(seen, "command");
    expect(bytes).toHaveLength(50_000_000);
    expect(bytes.subarray(-1).toString()).toBe(String.fromCharCode(97 + (49 % 26)));
    expect(seen.reports.at(-1)?.steps.at(-1)).toMatchObject({ name: "command", bytes: 50_000_000 });
    expect(seen.reports.at(-1)?.lines).toEqual(["x".repeat(500)]);
    expect(agentKilobytes() - before).toBeLessThan(60_000);
  });

  it("comes while the task writes, in pieces that are sent again until they are large", async () => {
    const { name, end } = await host.start({
      command: "for i in 1 2 3 4; do echo $i; sleep 0.6; done",
    });
    await host.api.until(name, (seen) => textOf(seen) === "1\n2\n");
    const seen = await end();
    expect(textOf(seen)).toBe("1\n2\n3\n4\n");
    expect([...(seen.logs.get("command")?.keys() ?? [])]).toEqual([0]);
  });

  it("holds what is no text as it is", async () => {
    const seen = await host.run({ command: "printf '\\377\\000\\303'; printf 'caf\\303\\251\\n'" });
    expect(logOf(seen, "command")).toEqual(Buffer.from([0xff, 0, 0xc3, ...Buffer.from("café\n")]));
  });

  it("is shipped without what the task takes away of it", async () => {
    const seen = await host.run({
      command: "echo first; sleep 0.8; : >~/.cassini/log/command; echo second; sleep 0.8",
    });
    expect(seen.ended).toMatchObject({ exit_code: 0 });
    expect(textOf(seen)).toContain("first\n");
  });

  it("was shipped by the rules of the task API", () => {
    expect(host.api.wrongs).toEqual([]);
  });
});

/** The most memory that the agent has ever had. */
function agentKilobytes(): number {
  const status = readFileSync(`/proc/${host.driver.agent()}/status`, "utf8");
  return Number(/^VmHWM:\s+(\d+)/m.exec(status)?.[1]);
}
