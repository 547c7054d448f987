import { describe, expect, it } from "vitest";
import { newestAgent } from "../testing/agent.ts";
import { jobNamed } from "../testing/recipe.ts";
import { stage } from "../testing/stage.ts";

describe("getting one thing", () => {
  it("gives a job as YAML that can be applied again and changes nothing", async () => {
    const { type } = await stage();
    const rest =
      "  environment_variables:\n    GREETING: |\n      two\n      lines\n  start_script: 'set -e'\n";
    await type("apply -f -", { stdin: jobNamed("one", rest) });
    const { out } = await type("get job one");
    expect(out).toContain("GREETING: |\n      two\n      lines\n");
    expect((await type("apply -f -", { stdin: out })).out).toBe("job one unchanged\n");
  });

  it("gives it as JSON, or as a card that names what it says", async () => {
    const { type } = await stage();
    await type("apply -f -", { stdin: jobNamed("one") });
    expect(JSON.parse((await type("get job one -o json")).out)).toMatchObject({
      type: "job",
      spec: { name: "one" },
    });
    const { out } = await type("get job one -o table");
    expect(out).toMatch(/^type +job\nstatus +stopped\nname +one\n/);
    expect(out).toMatch(/\ncommand +echo hello\n/);
    expect(out).not.toContain("start_script");
  });

  it("gives an image with its versions", async () => {
    const { type } = await stage();
    expect((await type("get image python")).out).toContain(
      "versions:\n    - name: host\n      image_uri: host:python3\n",
    );
  });

  it("gives a run with its steps and why it ended", async () => {
    const { type, world } = await stage();
    await type("apply -f - --start", { stdin: jobNamed("one") });
    const agent = await newestAgent(world);
    await agent.begin("environment");
    await agent.begin("command");
    await world.clock.wait(2);
    await agent.end(1, ["Traceback", "KeyError"]);
    const { out } = await type("get run one -o table");
    expect(out.replaceAll(/[0-9a-f]{32}/g, "ID").replaceAll(/-[0-9a-f]{8}/g, "-1"))
      .toBe(`run            one-1
id             ID
status         error
created        2026-06-01T08:00:00.000Z by acme/ada
exit code      1
steps
  environment  succeeded, 0.0 s
  command      failed, 2.0 s
one-1 failed after 2.0 s: The command ended with code 1.
  Traceback
  KeyError
`);
    expect(JSON.parse((await type("get run one --json")).out)).toMatchObject({
      status: "error",
      reason: { code: "step.failed" },
    });
  });

  it("says how to write it where a word is missing or one too many", async () => {
    const { type } = await stage();
    expect((await type("get job")).err).toBe(
      "The name is missing. Write it so: cassini get job NAME\n",
    );
    expect((await type("get one")).err).toBe(
      "Is `one` a job or image or run? Write it so: cassini get job NAME\n",
    );
    expect((await type("get size small")).err).toBe(
      "`size` is none of job, image, run. Write it so: cassini get job NAME\n",
    );
    expect((await type("get job one two")).err).toBe(
      "`two` is too much. Write it so: cassini get job NAME\n",
    );
  });
});
