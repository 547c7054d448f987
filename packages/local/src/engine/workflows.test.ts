import { StateMachine, type StateMachineDefinition } from "aws-local-stepfunctions";
import { describe, expect, it } from "vitest";
import { workflows } from "@cassini/core/app";
import { memoryWorld } from "@cassini/core/testing";
import { testLog } from "../testing/log.ts";
import { playable } from "./definition.ts";
import type { Step, StepInput } from "./step-worker.ts";
import { workflowEngine } from "./workflows.ts";

const input = { run: "r", attempt: 1 };

interface Played {
  readonly engine: ReturnType<typeof workflowEngine>;
  readonly seen: string[];
  readonly lines: ReturnType<typeof testLog>["lines"];
  /** Ends when the execution of that name is over. */
  over(name: string): Promise<void>;
}

async function playing(
  steps: Partial<Record<"prepare" | "launch" | "settle", Step>>,
  rearmSeconds?: number,
): Promise<Played> {
  const world = await memoryWorld();
  const seen: string[] = [];
  const { log, lines } = testLog();
  const named = (name: string, step: Step = async () => undefined) => [
    name,
    async (...args: Parameters<Step>) => {
      seen.push(name);
      await step(...args);
    },
  ];
  const engine = workflowEngine({
    definition: workflows.run,
    steps: Object.fromEntries([
      named("prepare", steps.prepare),
      named("launch", steps.launch),
      named("settle", steps.settle),
    ]),
    world: () => world,
    log,
    ...(rearmSeconds !== undefined && { rearmSeconds }),
  });
  const over = async (name: string): Promise<void> => {
    while (engine.active().includes(name)) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { engine, seen, lines, over };
}

/** A step that tells with which token it was called. */
function tokenStep(): { step: Step; token: Promise<string> } {
  const told = Promise.withResolvers<string>();
  return { step: async (_, { token }) => told.resolve(token), token: told.promise };
}

describe("an execution", () => {
  it("waits after launch until its token comes back, then settles", async () => {
    const { step, token } = tokenStep();
    const { engine, seen, over } = await playing({ launch: step });
    await engine.start("r-1", input);
    const given = await token;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(seen).toEqual(["prepare", "launch"]);

    await engine.succeed(given);
    await over("r-1");

    expect(seen).toEqual(["prepare", "launch", "settle"]);
  });

  it("goes on at once when its token came back while launch was still at work", async () => {
    const { engine, seen, over } = await playing({
      launch: (_, { token }) => engine.succeed(token),
    });
    await engine.start("r-1", input);
    await over("r-1");
    expect(seen).toEqual(["prepare", "launch", "settle"]);
  });

  it("gives its steps the ids, and only launch a token", async () => {
    const inputs: StepInput[] = [];
    const keep: Step = async (_, given) => void inputs.push(given);
    const { engine, over } = await playing({
      prepare: keep,
      launch: async (world, given) => {
        await keep(world, given);
        await engine.succeed(given.token);
      },
      settle: keep,
    });
    await engine.start("r-1", input);
    await over("r-1");
    expect(inputs).toEqual([
      input,
      { ...input, token: expect.stringMatching(/^[\w-]{36}$/) },
      input,
    ]);
  });

  it.each(["prepare", "launch"] as const)(
    "settles when %s fails, and tells why with the cause",
    async (state) => {
      const fail = async () => {
        throw new Error("No such luck.", { cause: new Error("the cause") });
      };
      const { engine, seen, lines, over } = await playing({ [state]: fail });
      await engine.start("r-1", input);
      await over("r-1");
      expect(seen.at(-1)).toBe("settle");
      expect(lines("workflow.step_failed")).toMatchObject([
        {
          level: "error",
          execution: "r-1",
          step: state,
          error: { message: "No such luck.", cause: { message: "the cause" } },
        },
      ]);
    },
  );

  it("is told as failed when settle fails, and can be started again", async () => {
    let fails = true;
    const { engine, seen, lines, over } = await playing({
      launch: (_, { token }) => engine.succeed(token),
      settle: async () => {
        if (fails) throw new Error("Not now.");
      },
    });
    await engine.start("r-1", input);
    await over("r-1");
    expect(lines("workflow.failed")).toHaveLength(1);

    fails = false;
    await engine.start("r-1", input);
    await over("r-1");

    expect(seen.filter((step) => step === "settle")).toHaveLength(2);
    expect(lines("workflow.failed")).toHaveLength(1);
  });

  it("is one, however often its name is started", async () => {
    const { step, token } = tokenStep();
    const { engine, seen, over } = await playing({ launch: step });
    await Promise.all([1, 2, 3].map(() => engine.start("r-1", input)));
    await engine.succeed(await token);
    await over("r-1");
    expect(seen).toEqual(["prepare", "launch", "settle"]);
  });

  it("goes on waiting when its timer runs out, without a second launch", async () => {
    const { step, token } = tokenStep();
    const { engine, seen, over } = await playing({ launch: step }, 0.01);
    await engine.start("r-1", input);
    const given = await token;
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect(seen).toEqual(["prepare", "launch"]);

    await engine.succeed(given);
    await over("r-1");

    expect(seen).toEqual(["prepare", "launch", "settle"]);
  });
});

describe("the engine", () => {
  it("takes a token that nobody waits with for done", async () => {
    const { engine } = await playing({});
    await expect(engine.succeed("of a server long gone")).resolves.toBeUndefined();
  });

  it("ends the step at work before it stops, and starts nothing after", async () => {
    const begun = Promise.withResolvers<void>();
    const finish = Promise.withResolvers<void>();
    const { engine, seen } = await playing({
      prepare: () => {
        begun.resolve();
        return finish.promise;
      },
    });
    await engine.start("r-1", input);
    await begun.promise;

    const stopped = engine.stop();
    await engine.start("r-2", input);
    finish.resolve();
    await stopped;

    expect(seen).toEqual(["prepare"]);
  });

  it("needs less than a millisecond for each of a thousand executions", async () => {
    const { engine, seen } = await playing({ launch: (_, { token }) => engine.succeed(token) });
    await engine.warm();
    const began = performance.now();
    const names = Array.from({ length: 1000 }, (_, at) => `r-${at}`);
    await Promise.all(names.map((name) => engine.start(name, input)));
    while (engine.active().length > 0) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(performance.now() - began).toBeLessThan(1000);
    expect(seen).toHaveLength(3000);
  });
});

describe("the definition", () => {
  it("is a state machine to the validator, before and after it is made playable", () => {
    const checked = (definition: unknown) => () =>
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the validator is what looks at it
      new StateMachine(definition as StateMachineDefinition, {
        validationOptions: { checkArn: false, checkPaths: true },
      });
    expect(checked(workflows.run)).not.toThrow();
    expect(checked(playable(workflows.run, 60))).not.toThrow();
    expect(checked({ ...workflows.run, StartAt: "Nowhere" })).toThrow("Nowhere");
  });
});
