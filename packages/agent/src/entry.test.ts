import { rmSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { bash, Image } from "./testing/image.ts";

describe("a task's script", () => {
  it("installs packages, then runs the start script, then the command, each with its own log", () => {
    const image = new Image();
    const CASSINI_PIP = image.program("pip-for-us", "echo installing; echo warning >&2");
    const start_script = "echo starting; echo oops >&2";
    const command = "echo working; echo almost >&2";
    expect(image.run({ packages: { pip: "numpy" }, start_script, command }, { CASSINI_PIP })).toBe(
      0,
    );
    const order = ["packages", "packages=0", "start-script", "start-script=0", "command"];
    expect(image.steps()).toEqual(order);
    expect(image.log("packages")).toBe("installing\nwarning\n");
    expect(image.log("start-script")).toBe("starting\noops\n");
    expect(image.log("command")).toBe("working\nalmost\n");
  });

  it("tells the time of each step in order", () => {
    const image = new Image();
    image.run({ start_script: "true" });
    const times = image.marks().map((mark) => Date.parse(mark.at ?? ""));
    expect(times).toEqual(times.toSorted((one, other) => one - other));
    expect(Math.abs(Date.now() - (times[0] ?? 0))).toBeLessThan(60_000);
  });

  it("tells the time by the second where bash is too old for more", () => {
    const image = new Image();
    image.write("task/environment", "unset EPOCHREALTIME\n");
    image.run({});
    expect(image.marks()[0]?.at).toMatch(/:\d\d\.000Z$/);
  });

  it("has no step for what the job does not say", () => {
    const image = new Image();
    expect(image.run({ start_script: " \n" })).toBe(0);
    expect(image.steps()).toEqual(["command"]);
  });

  it("needs nothing of an image but bash, and no PATH at all", () => {
    const image = new Image();
    const said = { start_script: "cd /", command: 'echo "$PWD"' };
    const packages = { pip: { requirements_txt: "no-such-program\n" } };
    expect(image.run({ ...said, packages }, { PATH: "", CASSINI_PIP: bash })).toBe(127);
    rmSync(image.at("task/marks"));
    expect(image.run(said, { PATH: "" })).toBe(0);
    expect(image.log("command")).toBe(`${image.at("work")}\n`);
  });

  it("ends with the command's code", () => {
    const image = new Image();
    expect(image.run({ command: "exit 7" })).toBe(7);
    expect(image.run({ command: "kill -9 $$" })).toBeNull();
    expect(image.run({ command: "no-such-program" })).toBe(127);
    expect(image.log("command")).toContain("no-such-program: command not found");
  });

  it("hands its process to the command, so that a signal meets the command itself", async () => {
    const image = new Image();
    image.program("whoami", "echo $$");
    const pid = await image.process({ start_script: "true", command: "whoami" });
    expect(image.log("command")).toBe(`${pid}\n`);
  });

  it("gives no step anything to read, so that none can wait for a person", () => {
    const image = new Image();
    const ask = "read -r answer || echo nobody";
    expect(image.run({ start_script: ask, command: ask })).toBe(0);
    expect([image.log("start-script"), image.log("command")]).toEqual(["nobody\n", "nobody\n"]);
  });
});

describe("a step that fails", () => {
  it("is the last when the packages cannot be installed", () => {
    const image = new Image();
    const CASSINI_PIP = image.program("pip-for-us", "exit 4");
    const said = { packages: { pip: "numpy" }, start_script: "true" };
    expect(image.run(said, { CASSINI_PIP })).toBe(4);
    expect(image.steps()).toEqual(["packages", "packages=4"]);
  });

  it.each([
    ["exit 3", 3],
    ["false", 1],
    ["false\necho on\nno-such-program", 127],
    ["if", 2],
  ])("is the last when the start script is %j", (start_script, code) => {
    const image = new Image();
    expect(image.run({ start_script })).toBe(code);
    expect(image.steps()).toEqual(["start-script", `start-script=${code}`]);
  });

  it("leaves word in its log when it is killed", () => {
    const image = new Image();
    expect(image.run({ start_script: "kill -9 $$" })).toBe(137);
    expect(image.steps()).toEqual(["start-script", "start-script=137"]);
    expect(image.log("start-script")).toContain("Killed");
  });

  it("is not one whose start script fails midway and ends well, as bash has it", () => {
    const image = new Image();
    expect(image.run({ start_script: "false\ntrue" })).toBe(0);
    expect(image.steps()).toEqual(["start-script", "start-script=0", "command"]);
  });

  it.each(["start-script", "command"] as const)(
    "names the working directory that cannot be entered, where the first step is the %s",
    (step) => {
      const image = new Image();
      const gone = { CASSINI_WORKING_DIRECTORY: image.at("gone") };
      expect(image.run({ start_script: step === "start-script" ? "true" : "" }, gone)).toBe(1);
      expect(image.steps()).toEqual([step, `${step}=1`]);
      const line = `The working directory ${image.at("gone")} cannot be entered.`;
      expect(image.log(step)).toContain(line);
    },
  );

  it.each([
    ["apt", "apt-get"],
    ["conda", "conda"],
    ["pip", "Python"],
    ["cran", "Rscript"],
  ])("says for %s packages that the image lacks %s", (kind, program) => {
    const image = new Image();
    expect(image.run({ packages: { [kind]: "abc" } })).toBe(127);
    const line = `This image has no ${program}, which these packages need.`;
    expect(image.log("packages")).toContain(line);
  });
});
