import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { textOf, type Seen } from "../testing/task-rules.ts";
import { taskHost, type TaskHost } from "../testing/tasks.ts";

// Real processes on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let host: TaskHost;
let wheels: string;
beforeAll(async () => {
  host = await taskHost();
  wheels = mkdtempSync(join(tmpdir(), "cassini-wheels-"));
  chmodSync(wheels, 0o755);
  wheel("greeting", "1.0");
  wheel("greeting", "2.0");
});
afterAll(async () => {
  await host.close();
  rmSync(wheels, { recursive: true });
});

/** Makes a wheel, which is a zip file with a few texts in it, of a package that has a program. */
function wheel(name: string, version: string): void {
  const folder = mkdtempSync(join(tmpdir(), "cassini-wheel-"));
  const info = `${name}-${version}.dist-info`;
  mkdirSync(join(folder, info));
  const files = {
    [`${name}.py`]: `def main():\n    print("${name} ${version}")\n`,
    [`${info}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${info}/WHEEL`]:
      "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${info}/entry_points.txt`]: `[console_scripts]\n${name} = ${name}:main\n`,
    [`${info}/RECORD`]: "",
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const target = join(wheels, `${name}-${version}-py3-none-any.whl`);
  execFileSync("python3", ["-m", "zipfile", "-c", target, `${name}.py`, info], { cwd: folder });
  rmSync(folder, { recursive: true });
}

const offline = () => ({
  PIP_NO_INDEX: "1",
  PIP_FIND_LINKS: wheels,
  PIP_DISABLE_PIP_VERSION_CHECK: "1",
});
const withPip = (
  requirements: string,
  command = "greeting; python -c 'import greeting; greeting.main()'",
  owner = "a".repeat(32),
) =>
  host.run({
    owner_id: owner,
    packages: { pip: { requirements_txt: requirements } },
    environment_variables: offline(),
    command,
  });

function secondsOf(seen: Seen): number {
  const step = seen.reports.at(-1)?.steps.find(({ name }) => name === "packages");
  return (Date.parse(step?.ended_at ?? "") - Date.parse(step?.started_at ?? "")) / 1000;
}

describe("extra pip packages", () => {
  it("are installed once and used by every later run that wants the same", async () => {
    const first = await withPip("greeting==1.0\n");
    expect(textOf(first)).toBe("greeting 1.0\ngreeting 1.0\n");
    expect(textOf(first, "packages")).toContain("Successfully installed greeting-1.0");
    const second = await withPip("greeting==1.0\n");
    expect(textOf(second)).toBe("greeting 1.0\ngreeting 1.0\n");
    expect(textOf(second, "packages")).toContain("an earlier run has installed the same");
    expect(secondsOf(second)).toBeLessThan(0.5);
    expect(secondsOf(second)).toBeLessThan(secondsOf(first));
  });

  it("are installed once by runs that start together", async () => {
    const runs = await Promise.all([1, 2, 3].map(() => withPip("greeting==2.0 # together\n")));
    expect(runs.map((seen) => textOf(seen))).toEqual(
      runs.map(() => "greeting 2.0\ngreeting 2.0\n"),
    );
    expect(
      runs.filter((seen) => textOf(seen, "packages").includes("Successfully installed")),
    ).toHaveLength(1);
  });

  it("leave the host and other sets of packages as they were", async () => {
    const seen = await host.run({ command: "python3 -c 'import greeting'" });
    expect(seen.ended?.exit_code).toBe(1);
    const other = await withPip("greeting==2.0\n", "greeting");
    expect(textOf(other)).toBe("greeting 2.0\n");
  });

  it("see the packages of the host's Python", async () => {
    const seen = await withPip(
      "greeting==1.0\n",
      "python3 -c 'import sys, pip; print(sys.prefix != sys.base_prefix)'",
    );
    expect(textOf(seen)).toBe("True\n");
  });

  it("are tried again after they could not be installed", async () => {
    const hidden = "missing==1.0\n";
    const failed = await withPip(hidden);
    expect(failed.reports.at(-1)?.steps.at(-1)).toMatchObject({
      name: "packages",
      state: "failed",
    });
    wheel("missing", "1.0");
    expect(textOf(await withPip(hidden, "missing"))).toBe("missing 1.0\n");
  });

  it("that name files of the task's own are installed for this task alone", async () => {
    const job = {
      packages: { pip: { requirements_txt: "-r /home/jovyan/more.txt\n" } },
      environment_variables: offline(),
      command: "greeting",
    };
    const ask = (version: string) =>
      host.run({
        ...job,
        config_files: { "more.txt": { content: `greeting==${version}\n`, mode: "0644" } },
      });
    expect(textOf(await ask("1.0"))).toBe("greeting 1.0\n");
    expect(textOf(await ask("2.0"))).toBe("greeting 2.0\n");
  });

  it("are each owner's own", async () => {
    const seen = await withPip("greeting==1.0\n", "greeting", "c".repeat(32));
    expect(textOf(seen)).toBe("greeting 1.0\n");
    expect(host.api.wrongs).toEqual([]);
  });
});
