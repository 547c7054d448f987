import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Launch } from "@cassini/core/launch";
import { expect, onTestFinished } from "vitest";

export interface Said {
  readonly packages?: unknown;
  readonly start_script?: string;
  readonly command?: string;
}

export const bash = spawnSync("bash", ["-c", "echo $BASH"], { encoding: "utf8" }).stdout.trim();

/** A place for one task, with bash and whatever programs are put into it, until the test is over. */
export class Image {
  readonly root = mkdtempSync(join(tmpdir(), "cassini-image-"));

  constructor() {
    for (const path of ["task/log", "work", "bin"]) mkdirSync(this.at(path), { recursive: true });
    onTestFinished(() => rmSync(this.root, { recursive: true }));
  }

  at(...path: string[]): string {
    return join(this.root, ...path);
  }
  has(...path: string[]): boolean {
    return existsSync(this.at(...path));
  }
  read(...path: string[]): string {
    return readFileSync(this.at(...path), "utf8");
  }
  write(path: string, text: string): void {
    writeFileSync(this.at(path), text);
  }

  /** Puts a program into the image: a text for bash. Answers where it is. */
  program(name: string, text: string, folder = "bin"): string {
    mkdirSync(this.at(folder), { recursive: true });
    this.write(`${folder}/${name}`, `#!${bash}\n${text}\n`);
    chmodSync(this.at(folder, name), 0o755);
    return this.at(folder, name);
  }

  /** Puts a program into the image that notes its name and what it is given. */
  noted(name: string, folder = "bin"): void {
    this.program(name, `printf '%s\\0' ${name} "$@" >>'${this.at("noted")}'`, folder);
  }
  notes(): string[] {
    return this.read("noted").split("\0").slice(0, -1);
  }

  /** Writes the script of a task. */
  render({ packages, start_script = "", command = "true" }: Said): void {
    const plan = { packages: Launch.packagesFrom(packages), start_script, command };
    this.write("entry.sh", Launch.entryOf(plan));
  }

  /** What the script is started with, beside what a test adds. */
  surroundings(more: Record<string, string> = {}): Record<string, string> {
    return {
      PATH: this.at("bin"),
      HOME: this.root,
      CASSINI_TASK: this.at("task"),
      CASSINI_WORKING_DIRECTORY: this.at("work"),
      ...more,
    };
  }

  /** Runs the script and answers its exit code. All output belongs to a step, so it prints nothing itself. */
  run(said: Said, more: Record<string, string> = {}): number | null {
    this.render(said);
    const env = this.surroundings(more);
    const ended = spawnSync(bash, ["-p", this.at("entry.sh")], {
      env,
      input: "typed\n",
      encoding: "utf8",
    });
    expect(ended.stdout + ended.stderr).toBe("");
    return ended.status;
  }

  /** Runs the script and answers the number of its process. */
  async process(said: Said): Promise<number | undefined> {
    this.render(said);
    const child = spawn(bash, ["-p", this.at("entry.sh")], { env: this.surroundings() });
    await new Promise((done) => child.once("exit", done));
    return child.pid;
  }

  marks(): Launch.Mark[] {
    return Launch.parseMarks(this.read("task/marks"));
  }
  /** The marks in short: a step's name where it began, with its code where it ended. */
  steps(): string[] {
    return this.marks().map((mark) =>
      mark.kind === "start" ? mark.step : `${mark.step}=${mark.exitCode}`,
    );
  }
  log(step: Launch.StepName): string {
    return this.read("task/log", step);
  }
}
