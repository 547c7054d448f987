import { glob } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { plant, root, says, type Plot } from "./vitest/planted.ts";

const Report = z.object({
  modules: z.array(z.object({ source: z.string() })),
  summary: z.object({
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
    ruleSetUsed: z.object({ forbidden: z.array(z.object({ name: z.string() })) }),
  }),
});

const config = join(root, ".dependency-cruiser.mjs");

async function read(folder: string, ...parts: readonly string[]) {
  const text = await says(folder, "depcruise", ...parts, "--config", config, "-T", "json");
  return Report.parse(JSON.parse(text));
}

/** For each rule, one import that breaks it: the file, and what the file imports. */
const breaches: Readonly<Record<string, readonly [file: string, imported: string]>> = {
  "core-takes-nothing-but-zod": ["packages/core/src/job/reads-files.ts", "node:fs"],
  "dynamo-imports-core-alone": ["packages/dynamo/src/a.ts", "../../agent/src/innocent.ts"],
  "agent-imports-core-alone": ["packages/agent/src/a.ts", "../../dynamo/src/innocent.ts"],
  "proxy-imports-core-alone": ["packages/proxy/src/a.ts", "../../dynamo/src/innocent.ts"],
  "functions-import-core-and-dynamo": [
    "packages/functions/src/a.ts",
    "../../agent/src/innocent.ts",
  ],
  "local-imports-core-dynamo-agent-and-proxy": [
    "packages/local/src/a.ts",
    "../../functions/src/innocent.ts",
  ],
  "cli-imports-the-client-alone": ["packages/cli/src/a.ts", "@cassini/core/job"],
  "console-imports-the-client-alone": ["packages/console/src/a.ts", "@cassini/core/job"],
  "stacks-read-the-table-of-contents-alone": ["stacks/a.ts", "@cassini/core/job"],
  "enter-a-package-by-its-name": ["packages/local/src/b.ts", "../../core/src/job/index.ts"],
  "enter-a-module-by-its-door": ["packages/core/src/run/goes-round.ts", "../job/innocent.ts"],
  "testing-stays-in-tests": ["packages/local/src/c.ts", "@cassini/core/testing"],
  "scripts-serve-no-one-but-tests": ["packages/agent/src/b.ts", "../../../scripts/innocent.ts"],
  "features-know-nothing-of-each-other": [
    "packages/console/src/features/jobs/a.ts",
    "../images/innocent.ts",
  ],
  "ui-knows-nothing-of-the-domain": [
    "packages/console/src/ui/a.ts",
    "../features/jobs/innocent.ts",
  ],
  "no-cycles": ["packages/core/src/job/returns.ts", "./turns.ts"],
  "every-import-resolves": ["packages/core/src/job/lost.ts", "./nowhere.ts"],
};

const nothing = "export const nothing = 0;\n";

/** What may be imported, by whoever may; none of it breaks a rule. */
const innocent = {
  "packages/core/src/job/index.ts": nothing,
  "packages/core/src/job/innocent.ts": nothing,
  "packages/core/src/testing/index.ts": `import "vitest";\n${nothing}`,
  "packages/core/src/client/index.ts": nothing,
  "packages/core/src/app.ts": `import "./job/index.ts";\nimport * as z from "zod";\n${nothing}`,
  "packages/core/src/job/turns.ts": `import "./returns.ts";\n${nothing}`,
  "packages/core/src/job/job.test.ts": `import "../testing/index.ts";\n`,
  "packages/dynamo/src/innocent.ts": `import "@cassini/core/job";\n${nothing}`,
  "packages/agent/src/innocent.ts": `import "node:fs";\n${nothing}`,
  "packages/functions/src/innocent.ts": `import "@cassini/core/app";\n${nothing}`,
  "packages/cli/src/innocent.ts": `import "@cassini/core/client";\n`,
  "packages/console/src/features/jobs/innocent.ts": nothing,
  "packages/console/src/features/images/innocent.ts": nothing,
  "stacks/innocent.ts": `import "@cassini/core/app";\n`,
  "scripts/innocent.ts": nothing,
  "packages/local/src/uses.ts": `export async function hold() {\n  await using held = await import("node:fs");\n  return held;\n}\n`,
};

describe("the rules of who may import whom", () => {
  let plot: Plot;
  let report: z.infer<typeof Report>;
  beforeAll(async () => {
    const guilty = Object.values(breaches).map(([file, imported]) => [
      file,
      `import "${imported}";\n`,
    ]);
    plot = await plant({ ...innocent, ...Object.fromEntries(guilty) });
    report = await read(plot.folder, "packages", "stacks", "scripts");
  });
  afterAll(() => plot.remove());

  it("are each broken once here", () => {
    const rules = report.summary.ruleSetUsed.forbidden.map(({ name }) => name);
    expect(rules.toSorted()).toEqual(Object.keys(breaches).toSorted());
  });

  it.each(Object.entries(breaches))("%s", (rule, [file]) => {
    expect(report.summary.violations).toContainEqual({
      from: file,
      rule: expect.objectContaining({ name: rule }),
    });
  });

  it("find no fault with what is allowed", () => {
    const faulty = new Set(report.summary.violations.map(({ from }) => from));
    expect(Object.keys(innocent).filter((file) => faulty.has(file))).toEqual([]);
  });

  it("are put to every source on disk", async () => {
    const parts = ["packages", "stacks", "scripts"];
    const { modules } = await read(root, ...parts);
    const seen = new Set(modules.map(({ source }) => source));
    const unseen: string[] = [];
    for (const part of parts)
      for await (const file of sources(part)) if (!seen.has(file)) unseen.push(file);
    expect(unseen).toEqual([]);
    expect(seen.size).toBeGreaterThan(200);
  });
});

const sources = (part: string) =>
  glob(`${part}/**/*.{ts,tsx}`, { cwd: root, exclude: (name) => name === "node_modules" });
