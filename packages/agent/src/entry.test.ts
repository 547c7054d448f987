import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Launch } from "@cassini/core/launch";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const bash = spawnSync("bash", ["-c", "echo $BASH"], { encoding: "utf8" }).stdout.trim();

let root: string;
const at = (...path: string[]): string => join(root, ...path);
const read = (...path: string[]): string => readFileSync(at(...path), "utf8");
const log = (step: Launch.StepName): string => read("task", "log", step);
const marks = () => Launch.parseMarks(read("task", "marks"));
const steps = (): string[] => marks().map((mark) => (mark.kind === "start" ? mark.step : `${mark.step}=${mark.exitCode}`));

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cassini-entry-"));
  for (const folder of ["task/log", "work", "bin"]) mkdirSync(at(folder), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

/** Puts a program into the image: a text for bash. */
function program(name: string, text: string): void {
  writeFileSync(at("bin", name), `#!${bash}\n${text}\n`);
  chmodSync(at("bin", name), 0o755);
}

/** A program that notes its name and what it was given, each ended by NUL. */
const noted = (name: string) => program(name, `printf '%s\\0' ${name} "$@" >>'${at("noted")}'`);
const notes = (): string[] => read("noted").split("\0").slice(0, -1);

interface Said {
  packages?: unknown;
  start_script?: string;
  command?: string;
}
const render = ({ packages, start_script = "", command = "true" }: Said): void =>
  writeFileSync(at("entry.sh"), Launch.entryOf({ packages: Launch.packagesFrom(packages), start_script, command }));

/** What an image has that holds bash alone; `bin` is where programs can be added. */
const surroundings = (more: Record<string, string> = {}) => ({ PATH: at("bin"), HOME: at(), CASSINI_TASK: at("task"), CASSINI_WORKING_DIRECTORY: at("work"), ...more });

/** Runs the script as a host does; answers its exit code. What it printed itself must be nothing: all output belongs to a step. */
function run(said: Said, environment: Record<string, string> = {}): number | null {
  render(said);
  const ended = spawnSync(bash, ["-p", at("entry.sh")], { env: surroundings(environment), encoding: "utf8" });
  expect(ended.stdout + ended.stderr).toBe("");
  return ended.status;
}

describe("a task's script", () => {
  it("installs packages, then runs the start script, then the command, each with its own log", () => {
    program("pip-for-us", "echo installing; echo warning >&2");
    const said = { packages: { pip: "numpy" }, start_script: "echo starting; echo oops >&2", command: "echo working; echo almost >&2" };
    expect(run(said, { CASSINI_PIP: at("bin/pip-for-us") })).toBe(0);
    expect(steps()).toEqual(["packages", "packages=0", "start-script", "start-script=0", "command"]);
    expect([log("packages"), log("start-script"), log("command")]).toEqual(["installing\nwarning\n", "starting\noops\n", "working\nalmost\n"]);
  });

  it("tells the time of each step in order", () => {
    run({ start_script: "true" });
    const times = marks().map((mark) => mark.at);
    expect(times).toEqual(times.toSorted());
    expect(Math.abs(Date.now() - Date.parse(times[0] ?? ""))).toBeLessThan(60_000);
  });

  it("tells the time by the second where bash is too old for more", () => {
    writeFileSync(at("task/environment"), "unset EPOCHREALTIME\n");
    run({});
    expect(marks()[0]?.at).toMatch(/:\d\d\.000Z$/);
  });

  it("has no step for what the job does not say", () => {
    expect(run({ start_script: " \n" })).toBe(0);
    expect(steps()).toEqual(["command"]);
  });

  it("needs nothing of an image but bash, and no PATH at all", () => {
    const said = { packages: { pip: { requirements_txt: "numpy\n" } }, start_script: "cd /", command: 'echo "$PWD"' };
    expect(run(said, { PATH: "", CASSINI_PIP: bash })).toBe(127);
    rmSync(at("task/marks"));
    expect(run({ ...said, packages: {} }, { PATH: "" })).toBe(0);
    expect(log("command")).toBe(`${at("work")}\n`);
  });

  it("ends with the command's code", () => {
    expect(run({ command: "exit 7" })).toBe(7);
    expect(run({ command: "kill -9 $$" })).toBeNull();
    expect(run({ command: "no-such-program" })).toBe(127);
    expect(log("command")).toContain("no-such-program: command not found");
  });

  it("hands its process to the command, so that a signal meets the command itself", async () => {
    program("whoami", "echo $$");
    render({ start_script: "true", command: "whoami" });
    const child = spawn(bash, ["-p", at("entry.sh")], { env: surroundings() });
    await new Promise((done) => child.once("exit", done));
    expect(log("command")).toBe(`${child.pid}\n`);
  });

  it("gives no step anything to read, so that none can wait for a person", () => {
    const ask = "read -r answer || echo nobody";
    expect(run({ start_script: ask, command: ask })).toBe(0);
    expect([log("start-script"), log("command")]).toEqual(["nobody\n", "nobody\n"]);
  });
});

describe("a step that fails", () => {
  it("is the last when the packages cannot be installed", () => {
    program("pip-for-us", "exit 4");
    expect(run({ packages: { pip: "numpy" }, start_script: "true" }, { CASSINI_PIP: at("bin/pip-for-us") })).toBe(4);
    expect(steps()).toEqual(["packages", "packages=4"]);
  });

  it.each([["exit 3", 3], ["false", 1], ["false\necho on\nno-such-program", 127], ["if", 2], ["kill -9 $$", 137]])("is the last when the start script is %j", (start_script, code) => {
    expect(run({ start_script })).toBe(code);
    expect(steps()).toEqual(["start-script", `start-script=${code}`]);
  });

  it("is not one whose start script fails midway and ends well, as bash has it", () => {
    expect(run({ start_script: "false\ntrue" })).toBe(0);
    expect(steps()).toEqual(["start-script", "start-script=0", "command"]);
  });

  it("names the working directory that cannot be entered", () => {
    const gone = { CASSINI_WORKING_DIRECTORY: at("gone") };
    expect(run({}, gone)).toBe(1);
    expect(steps()).toEqual(["command", "command=1"]);
    expect(log("command")).toContain(`The working directory ${at("gone")} cannot be entered.`);
    expect(run({ start_script: "true" }, gone)).toBe(1);
    expect(log("start-script")).toContain(`The working directory ${at("gone")} cannot be entered.`);
  });

  it("says what the image lacks", () => {
    for (const [kind, program] of [["apt", "apt-get"], ["conda", "conda"], ["pip", "Python"], ["cran", "Rscript"]] as const) {
      expect(run({ packages: { [kind]: "abc" } })).toBe(127);
      expect(log("packages")).toContain(`This image has no ${program}, which these packages need.`);
    }
  });
});

describe("what a step sees", () => {
  it("is the working directory, for the start script and the command", () => {
    run({ start_script: "echo $PWD; echo made >file", command: 'echo "$PWD $(<file)"' });
    expect([log("start-script"), log("command")]).toEqual([`${at("work")}\n`, `${at("work")} made\n`]);
  });

  it("is not what the start script exported", () => {
    expect(run({ start_script: "export MODE=fast", command: "echo ${MODE-unset}" })).toBe(0);
    expect(log("command")).toBe("unset\n");
  });

  it("is nothing that the platform and its script have between them", () => {
    const names = "compgen -e CASSINI_ || echo none";
    run({ start_script: names, command: names }, { CASSINI_PIP: "/x" });
    expect([log("start-script"), log("command")]).toEqual(["none\n", "none\n"]);
  });

  it("is the Python environment that the host made for the packages", () => {
    program("pip-for-us", `printf '%s\\n' '${at("overlay")}' >"$CASSINI_TASK/overlay"; echo "$(<"$1")"`);
    const shows = 'echo "$VIRTUAL_ENV ${PATH%%:*} ${PYTHONHOME-none}"';
    run({ packages: { pip: "numpy dask" }, start_script: shows, command: shows }, { CASSINI_PIP: at("bin/pip-for-us"), PYTHONHOME: "/x" });
    expect(log("packages")).toBe("numpy\ndask\n");
    expect([log("start-script"), log("command")]).toEqual(Array(2).fill(`${at("overlay")} ${at("overlay/bin")} none\n`));
  });

  it.each(["EPOCHREALTIME=junk", "FUNCNEST=1", "IFS=/", "POSIXLY_CORRECT=1", "GLOBIGNORE=*", "SHELLOPTS=noexec", "BASHOPTS=execfail", "BASH=/x", "CDPATH=/", "TMOUT=1", "BASH_COMPAT=3.1"])(
    "may hold %s, which means something to bash, without any harm to the script",
    (variable) => {
      const [name = "", value = ""] = variable.split("=");
      expect(run({ start_script: "true" }, { [name]: value })).toBe(0);
      expect(steps()).toEqual(["start-script", "start-script=0", "command"]);
    },
  );

  it("is what the host wrote down as the environment", () => {
    writeFileSync(at("task/environment"), Launch.environmentText({ MODE: "it's $(id) fast", PATH: at("bin"), CASSINI_WORKING_DIRECTORY: "/" }));
    run({ command: 'echo "$MODE $PWD"' });
    expect(log("command")).toBe("it's $(id) fast /\n");
  });
});

describe("installing packages", () => {
  it("goes through the system's libraries, conda, pip and R, each word as it was written", () => {
    for (const name of ["apt-get", "conda", "mamba", "python3", "Rscript"]) noted(name);
    program("sudo", 'shift; exec "$@"');
    program("env", 'export "$1"; shift; exec "$@"');
    const packages = {
      apt: "git vim=2:9.0", conda: { install: "-c conda-forge 'numpy>=1.1,<2'", use_mamba: true }, pip: "pandas>=2.1",
      cran: { install: "dplyr", repo: "https://example.com/cran" }, bioconductor: "limma", remotes: { install: "group/tool@v1", remote: "gitlab" },
    };
    expect(run({ packages })).toBe(0);
    const given = notes().filter((note) => !note.startsWith("args <- "));
    expect(given).toEqual([
      "apt-get", "update", "-q", "apt-get", "install", "-q", "-y", "--no-install-recommends", "git", "vim=2:9.0",
      "mamba", "install", "--yes", "--quiet", "-c", "conda-forge", "numpy>=1.1,<2",
      "python3", "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "-r", at("task/requirements.txt"),
      "Rscript", "-e", "https://example.com/cran", "dplyr", "Rscript", "-e", "", "limma", "Rscript", "-e", "gitlab", "group/tool@v1",
    ]);
    expect(read("task/requirements.txt").trim()).toBe("pandas>=2.1");
  });

  it("takes the conda of the image's own folder, and its environment, where the image names them", () => {
    mkdirSync(at("conda/bin"), { recursive: true });
    noted("conda");
    spawnSync("mv", [at("bin/conda"), at("conda/bin/conda")]);
    const named = { CONDA_DIR: at("conda"), NB_PYTHON_PREFIX: "/opt/envs/saturn" };
    expect(run({ packages: { conda: { environment_yml: "dependencies: [numpy]", use_mamba: true } } }, named)).toBe(0);
    expect(notes()).toEqual(["conda", "env", "update", "--quiet", "--prefix", "/opt/envs/saturn", "--file", at("task/environment.yml")]);
    expect(read("task/environment.yml").trim()).toBe("dependencies: [numpy]");
  });

  it.each([
    [{ SATURN_USER_PYTHON: "mine", SATURN_SYSTEM_PYTHON: "its" }, "mine"],
    [{ SATURN_SYSTEM_PYTHON: "its" }, "its"],
    [{}, "python3"],
  ])("uses the Python that %o names", (variables, name) => {
    for (const each of ["mine", "its", "python", "python3"]) noted(each);
    run({ packages: { pip: "numpy" } }, variables);
    expect(notes()[0]).toBe(name);
  });
});

describe("texts from people", () => {
  /** Pieces that would do something if any of them were read as code. */
  const pieces = () =>
    fc.constantFrom(
      `$(>'${at("sentinel")}')`, `\`>${at("sentinel")}\``, `; >${at("sentinel")};`, `'; >${at("sentinel")}; '`, `"; >${at("sentinel")}; "`, `\n>${at("sentinel")}\n`,
      "'", '"', "\\", "\n", "\r\n", "\r", "$", "`", "!", "&", "|", ">", "<", "(", ")", "{", "}", "*", "?", "~", "#", "%s", "-", "--", "EOF", " ", "\t", "é", "😀",
    );
  const hostile = () => fc.array(fc.oneof(pieces(), pieces(), fc.string({ unit: "binary", maxLength: 3 })), { maxLength: 8 }).map((parts) => parts.join("").replaceAll("\0", ""));
  const unix = (text: string): string => text.replaceAll(/(?<!\r)\r+\n/g, "\n");

  /** Runs the script with a recorder in the place of the bash that the steps are run with: what people wrote is shown, not carried out. */
  function record(said: Said, environment: Record<string, string>): { start: string; command: string | undefined; values: string[] } {
    program("recorder", `[ "$1" = -c ] || exit 0\n{ printf '%s\\0' "$3"; for name in \${!V@}; do printf '%s\\0' "\${!name}"; done; } >'${at("recorded")}'`);
    program("pip-for-us", "exit 0");
    program("conda", "exit 0");
    render(said);
    writeFileSync(at("task/environment"), Launch.environmentText(environment));
    const ended = spawnSync(bash, ["-p", "-c", 'BASH=$1; . "$2"', "bash", at("bin/recorder"), at("entry.sh")], { env: surroundings({ CASSINI_PIP: at("bin/pip-for-us") }), encoding: "utf8" });
    expect(ended).toMatchObject({ status: 0, stdout: "", stderr: "" });
    const [command, ...values] = read("recorded").split("\0").slice(0, -1);
    return { start: said.start_script === "" ? "" : read("task", "start-script"), command, values };
  }

  it("arrive as they were written and are never read as code of the platform's own", () => {
    const texts = fc.record({ pip: hostile(), conda: hostile(), start: hostile(), command: hostile(), values: fc.array(hostile(), { minLength: 8, maxLength: 8 }) });
    fc.assert(
      fc.property(texts, ({ pip, conda, start, command, values }) => {
        const said = { packages: { pip: { requirements_txt: `#${pip}` }, conda: { environment_yml: `#${conda}` } }, start_script: `#${start}`, command };
        const seen = record(said, Object.fromEntries(values.map((value, index) => [`V${index}`, value])));
        expect(seen).toEqual({ start: `#${unix(start)}\n`, command: unix(command), values });
        expect(read("task", "requirements.txt")).toBe(`#${unix(pip)}\n`);
        expect(read("task", "environment.yml")).toBe(`#${unix(conda)}\n`);
        expect(existsSync(at("sentinel"))).toBe(false);
      }),
      { numRuns: 170 },
    );
  }, 60_000);

  it("may be commands that begin like an option, or are too long to be an argument", () => {
    expect(run({ command: "-x" })).toBe(127);
    expect(log("command")).toContain("-x: command not found");
    expect(run({ command: `echo done; # ${"x".repeat(200_000)}` })).toBe(0);
    expect(log("command")).toContain("done\n");
  });

  it("may be start scripts from Windows, or too long to be an argument", () => {
    expect(run({ start_script: `true\r\n# ${"x".repeat(200_000)}\r\necho done\r\n` })).toBe(0);
    expect(log("start-script")).toBe("done\n");
  });
});
