import type { Client } from "@cassini/core/client";
import { describe, expect, it } from "vitest";
import { meanwhile, newestAgent, until } from "../testing/agent.ts";
import { jobNamed } from "../testing/recipe.ts";
import { served, stage, type Stage } from "../testing/stage.ts";

async function started(): Promise<Stage> {
  const set = await stage();
  await set.type("apply -f - --start", { stdin: jobNamed("hello") });
  return set;
}

/** A way to the server on which half of the answers about logs are lost: some whole, some cut in the middle. */
function breaking(answer: Client.Fetch): { fetch: Client.Fetch; count: () => number } {
  let asked = 0;
  let broken = 0;
  const fetch: Client.Fetch = async (url, init) => {
    const response = await answer(url, init);
    asked += url.includes("/logs?") ? 1 : 0;
    if (!url.includes("/logs?") || asked % 2 === 1) return response;
    broken += 1;
    const text = await response.text();
    if (asked % 4 === 0) throw new TypeError("terminated");
    return { status: 200, text: async () => text.slice(0, text.length / 2) };
  };
  return { fetch, count: () => broken };
}

describe("following a run", () => {
  it("shows its log as it grows, its steps beside it, and ends as the run does", async () => {
    const { type, world } = await started();
    const agent = await newestAgent(world);
    const following = type("logs hello -f", { columns: 80, env: { NO_COLOR: "1" } });
    await agent.begin("environment");
    await world.clock.wait(0.4);
    await agent.begin("repositories");
    await agent.write("Cloning into 'x'...\n");
    await world.clock.wait(12);
    await agent.begin("command");
    await agent.write("one\n");
    await world.clock.wait(3);
    await agent.write("two");
    await agent.end(0);
    const told = await meanwhile(world, following);
    expect(told.out).toBe("Cloning into 'x'...\none\ntwo");
    expect(told.err.replaceAll(/-[0-9a-f]{8}/g, "-1")).toBe(`✓ environment 0.4 s
── repositories ──
✓ repositories 12 s
── command ──

✓ command 3.0 s
hello-1 completed after 15 s.
`);
    expect(told.exit).toBe(0);
  });

  it("loses and doubles no byte when connections break in the middle of answers", async () => {
    const { watch, world } = await started();
    const agent = await newestAgent(world);
    await agent.begin("command");
    const breaks = breaking(served(world));
    const { told, over } = watch("logs hello -f", { fetch: breaks.fetch });
    const text = Array.from({ length: 100 }, (_, line) => `line ${line} äöü 🪐\n`).join("");
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += 77) {
      await agent.write(bytes.subarray(at, at + 77));
      const whole = new TextDecoder().decode(bytes.subarray(0, at + 77)).replace("\ufffd", "");
      await until(world, () => told.out.length >= whole.length);
    }
    await agent.end(0);
    expect(await meanwhile(world, over)).toMatchObject({ exit: 0, out: text });
    expect(breaks.count()).toBeGreaterThan(20);
  });

  it("gives up with a sentence when nobody answers for ten minutes", async () => {
    const { watch, world } = await started();
    const agent = await newestAgent(world);
    await agent.begin("command");
    await agent.write("one\n");
    const answer = served(world);
    let isGone = false;
    const mortal: typeof answer = async (url, init) => {
      if (isGone) throw new TypeError("fetch failed");
      return answer(url, init);
    };
    const { told, over } = watch("logs hello -f", { fetch: mortal });
    await until(world, () => told.out !== "");
    isGone = true;
    const began = world.clock.now();
    expect(await meanwhile(world, over)).toMatchObject({ exit: 75, out: "one\n" });
    expect(world.clock.now() - began).toBeGreaterThan(10 * 60 * 1000);
    expect(told.err).toContain(
      "The server does not answer; trying again. The run goes on meanwhile.\n",
    );
    expect(told.err).toContain("No server answers at http://cassini.test.");
  });

  it("ends with 1, the reason and the last lines when the run fails", async () => {
    const { type, world } = await started();
    const agent = await newestAgent(world);
    const following = type("logs hello -f");
    await agent.begin("command");
    await agent.write("Traceback\nKeyError: 'x'\n");
    await world.clock.wait(70);
    await agent.end(3, ["Traceback", "KeyError: 'x'"]);
    const told = await meanwhile(world, following);
    expect(told.exit).toBe(1);
    expect(told.err.replaceAll(/-[0-9a-f]{8}/g, "-1")).toBe(`== command ==
step command failed in 1 min 10 s
hello-1 failed after 1 min 10 s: The command ended with code 3.
  Traceback
  KeyError: 'x'
All of its log: cassini logs hello-1
`);
  });

  it("ends with 1 when somebody stops the run", async () => {
    const { type, world } = await started();
    const agent = await newestAgent(world);
    const following = type("logs hello -f");
    await agent.begin("command");
    expect((await type("stop hello")).out).toBe("hello is stopping.\n");
    await agent.end(143);
    const told = await meanwhile(world, following);
    expect(told.exit).toBe(1);
    expect(told.err).toContain("was stopped after 0.0 s: The run was stopped as asked.");
  });

  it("is left by Ctrl-C with the way back and the way to stop the run, which goes on", async () => {
    const { type, watch, world } = await started();
    const agent = await newestAgent(world);
    await agent.begin("command");
    await agent.write("one\n");
    const interruption = new AbortController();
    const { told, over } = watch("logs hello -f", { interrupted: interruption.signal });
    await until(world, () => told.out !== "");
    interruption.abort();
    expect((await meanwhile(world, over)).exit).toBe(130);
    expect(told.err).toMatch(
      /hello-\w{8} goes on\. Follow it again: cassini logs hello-\w{8} -f\. Stop it: cassini stop run hello-\w{8}\n$/,
    );
    expect((await type("list")).out).toContain("running");
  });

  it("gives each piece as a line of JSON where that is asked for", async () => {
    const { type, world } = await started();
    const agent = await newestAgent(world);
    await agent.begin("command");
    await agent.write("one\ntwo\n");
    await agent.end(0);
    const told = await type("logs hello -f --json");
    expect(told.out).toBe('{"step":"command","text":"one\\ntwo\\n"}\n');
  });
});
