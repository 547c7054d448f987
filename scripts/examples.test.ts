import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import {
  boot,
  newHome,
  removeHome,
  sharedFolder,
  type Server,
} from "../packages/local/src/e2e/server.ts";
import { needs } from "./vitest/needs.ts";

const run = promisify(execFile);
const root = join(import.meta.dirname, "..");
const examples = join(root, "examples");

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let server: Server;
let shared: string;

/** What the command line prints and how it ends, with the test's server as the one that it finds. */
async function cassini(...args: readonly string[]): Promise<string> {
  const env = { ...process.env, CASSINI_URL: server.url, CASSINI_TOKEN: await server.token() };
  const { stdout } = await run(process.execPath, [join(root, "packages/cli/src/bin.ts"), ...args], {
    env,
  });
  return stdout;
}

/** Applies an example and follows its run, as its README says; a run that fails fails here. */
const follow = (path: string): Promise<string> =>
  cassini("apply", "-f", path, "--start", "--follow");

/** A copy of an example with one text in another's place. */
async function changed(name: string, was: string, is: string): Promise<string> {
  const text = await readFile(join(examples, name), "utf8");
  expect(text).toContain(was);
  const path = join(shared, name);
  await writeFile(path, text.replace(was, is));
  return path;
}

describe("the examples", needs("bash", "dynoxide", "git", "python"), () => {
  beforeAll(async () => {
    server = await boot(await newHome());
    shared = await sharedFolder(server.home);
  });

  afterAll(async () => {
    await server.end();
    await removeHome(server.home);
  });

  it("greet from the smallest job", async () => {
    expect(await follow(join(examples, "hello.yaml"))).toContain("Hello from Cassini");
  });

  it("bring files and variables along", async () => {
    const log = await follow(join(examples, "config-file.yaml"));

    expect(log).toContain("Good morning, Ada\nGood morning, Grace\nGood morning, Katherine\n");
  });

  it("run what lies in a repository", async () => {
    const origin = await repository("Hello-World", { README: "Hello from a repository\n" });
    const path = await changed(
      "repository.yaml",
      "https://github.com/octocat/Hello-World.git",
      `file://${origin}`,
    );

    expect(await follow(path)).toContain("Hello from a repository");
  });

  it("install packages before the command", async () => {
    const wheels = await wheel(
      "cowsay",
      "6.1",
      "import sys\ndef cli(): print('moo:', *sys.argv[2:])\n",
    );
    const offline = `environment_variables: {PIP_NO_INDEX: "1", PIP_FIND_LINKS: ${wheels}}\n  command: `;
    const path = await changed("packages.yaml", "command: ", offline);

    expect(await follow(path)).toContain("moo: Moo from Cassini");
  });

  it("add a set of images, again without harm", async () => {
    const path = join(examples, "images.json");

    expect(await cassini("apply", "-f", path)).toBe(
      "image forecast created\nimage forecast-r created\n",
    );
    expect(await cassini("apply", "-f", path)).toBe(
      "image forecast unchanged\nimage forecast-r unchanged\n",
    );
    expect(await cassini("list", "images")).toContain("forecast-r");
  });
});

describe("the examples' README", () => {
  it("tells of each of them", async () => {
    const files = (await readdir(examples)).filter((name) => name !== "README.md");
    const readme = await readFile(join(examples, "README.md"), "utf8");
    const told = [...readme.matchAll(/^\| \[(.+?)\]\(\1\)/gm)].map(([, name]) => name);

    expect(new Set(told)).toEqual(new Set(files));
  });
});

/** A git repository with one commit of these files. */
async function repository(name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const path = join(shared, name);
  const git = (...args: readonly string[]) =>
    run("git", ["-C", path, "-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args]);
  await mkdir(path);
  await git("init", "--quiet");
  for (const [file, text] of Object.entries(files)) await writeFile(join(path, file), text);
  await git("add", ".");
  await git("commit", "--quiet", "--message", "Say hello");
  return path;
}

/** A folder with a wheel of a package of one module, whose program calls `cli`. */
async function wheel(name: string, version: string, module: string): Promise<string> {
  const folder = join(shared, "wheels");
  const about = `${name}-${version}.dist-info`;
  const files = {
    [`${name}.py`]: module,
    [`${about}/METADATA`]: `Metadata-Version: 2.1\nName: ${name}\nVersion: ${version}\n`,
    [`${about}/WHEEL`]:
      "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${about}/entry_points.txt`]: `[console_scripts]\n${name} = ${name}:cli\n`,
    [`${about}/RECORD`]: "",
  };
  const script =
    "import json, sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w') as z: [z.writestr(n, t) for n, t in json.loads(sys.argv[2]).items()]";
  await mkdir(folder);
  await run("python3", [
    "-c",
    script,
    join(folder, `${name}-${version}-py3-none-any.whl`),
    JSON.stringify(files),
  ]);
  return folder;
}
