import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { pruneEnvironments } from "./prune.ts";

it("removes environments that nobody has used for a month, and no others", async () => {
  const root = mkdtempSync(join(tmpdir(), "cassini-environments-"));
  const now = Date.parse("2026-03-01T00:00:00Z");
  for (const [name, age] of Object.entries({ old: 31, used: 29 })) {
    mkdirSync(join(root, "200000", name, "bin"), { recursive: true });
    const mark = join(root, "200000", `${name}.ready`);
    writeFileSync(mark, "");
    utimesSync(mark, now / 1000 - age * 86_400, now / 1000 - age * 86_400);
  }

  await pruneEnvironments(root, now);

  expect(readdirSync(join(root, "200000")).toSorted()).toEqual(["used", "used.ready"]);
  rmSync(root, { recursive: true });
});

it("is content where there are none", async () => {
  await expect(pruneEnvironments("/nowhere/at/all")).resolves.toBeUndefined();
});
