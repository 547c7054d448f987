import { existsSync } from "node:fs";
import { join } from "node:path";
import { fateOf, identityOf } from "@cassini/agent";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { runs } from "../testing/child.ts";
import { testLog } from "../testing/log.ts";
import { expectWhole, notingHost, soon, type NotingHost } from "../testing/noting.ts";
import { startCompute } from "../world/compute.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: NotingHost;
beforeAll(async () => {
  host = await notingHost();
});
afterAll(() => host.close());

describe("a server that goes away", () => {
  it("leaves tasks running; the next one takes them over with their true exit code and times", async () => {
    const [short, long] = [host.noting({}, 1), host.noting({}, 3)];
    for (const { task } of [short, long]) await host.driver.compute.start(task);
    await soon(() => [short, long].every(({ note }) => existsSync(note)));
    await host.driver.stop();
    await soon(() => existsSync(join(short.directory, "exit")));
    const ended = Date.now();
    await host.restart();
    const seen = await expectWhole(short);
    expect(Date.parse(seen.ended?.at ?? "")).toBeLessThanOrEqual(ended);
    await expectWhole(long);
  });

  it("takes its agent with it when it is killed, and nothing else", async () => {
    await host.driver.stop();
    const server = runs("driver-holder.ts", host.home, host.api.url);
    const agent = identityOf(Number(await server.line()));
    const started = host.noting({}, 1.5);
    await host.restart();
    await host.driver.compute.start(started.task);
    await soon(() => existsSync(started.note));
    await server.kill();
    await expect.poll(() => agent && fateOf(agent)).toBe("dead");
    await expectWhole(started);
  });

  it("is waited for, and hears all of it when it is back at its address", async () => {
    const started = host.noting();
    await host.driver.compute.start(started.task);
    await soon(() => existsSync(join(started.directory, "started")));
    const back = await host.api.vanish();
    await soon(() => existsSync(join(started.directory, "ended.json")));
    await back();
    await expectWhole(started);
  });

  it("is not disturbed by a second agent on the same home", async () => {
    const { log, lines } = testLog();
    const second = await startCompute({ home: host.home, baseUrl: host.api.url, log });
    await expect.poll(() => JSON.stringify(lines("agent.told"))).toContain("agent.waiting");
    const started = host.noting();
    await second.compute.start(started.task);
    await expectWhole(started);
    await host.driver.stop();
    await expect
      .poll(() => JSON.stringify(lines("agent.told")), { timeout: 3000 })
      .toContain("agent.ready");
    await second.stop();
    await host.restart();
  });
});

describe("the agent", () => {
  it("has kept to the rules of the task API", () => {
    expect(host.api.wrongs).toEqual([]);
  });
});
