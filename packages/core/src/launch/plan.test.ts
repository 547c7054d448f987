import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Info as Job, Spec } from "../job/schema.ts";
import { Info as Owner } from "../owner/schema.ts";
import { codeOf } from "../kit/index.ts";
import { documented } from "../size/sizes.ts";
import { Launch } from "./index.ts";

const id = (digit: string) => digit.repeat(32);
const at = "2026-05-01T12:00:00.000Z";
const size = documented[2]!;
const owner = Owner.parse({ id: id("b"), org_id: id("c"), org_name: "acme", identity_name: "ada", identity_type: "user", user_id: id("d"), org_admin: false, created_at: at });

const jobOf = (said: object = {}): Job =>
  Job.parse({
    ...Spec.parse({ name: "nightly", instance_type: size.name, command: "python run.py", ...said }),
    id: id("a"), owner_id: owner.id, image: { uri: "acme/python:1" }, created_at: at, updated_at: at,
  });
const planOf = (said: object = {}) => Launch.planOf({ job: jobOf(said), image_uri: "acme/python:1", size, owner });
const check = (said: object) => () => Launch.check(jobOf(said), { allowFileRepositories: false });

const attempt = {
  run: id("e"), attempt: 2, runName: "nightly-eeeeeeee", token: "cassini_secret", baseUrl: "http://127.0.0.1:8080", orgName: "acme", username: "ada",
};
const bundleOf = (said: object = {}) => Launch.bundleOf(planOf(said), attempt);

describe("a plan", () => {
  it("holds all that a task needs to know of its job, and nothing of a run", () => {
    const said = { git_repositories: [{ url: "https://github.com/acme/tools.git", reference: "main" }], extra_packages: { pip: { install: "numpy" } }, start_script: "date" };
    const plan = planOf(said);
    expect(Launch.Plan.parse(plan)).toEqual(plan);
    expect(plan).toMatchObject({
      job_id: id("a"), job_name: "nightly", owner_id: owner.id, owner_name: "acme/ada", image_uri: "acme/python:1",
      instance: { name: "medium", cores: 2, memory_gb: 4, gpu: 0 },
      command: "python run.py", working_directory: "/home/jovyan/workspace", start_script: "date",
      repositories: [{ url: "https://github.com/acme/tools.git", path: "/home/jovyan/workspace/tools", reference: "main", reference_type: "branch" }],
    });
  });

  it("is kept under a name that only its content decides", async () => {
    const key = await Launch.planKey(planOf({ environment_variables: { A: "1", B: "2" } }));
    expect(key).toMatch(/^plans\/[0-9a-f]{64}$/);
    expect(await Launch.planKey(planOf({ environment_variables: { B: "2", A: "1" } }))).toBe(key);
    expect(await Launch.planKey(planOf({ environment_variables: { A: "1", B: "3" } }))).not.toBe(key);
  });

  it("comes back from its text as it was", () => {
    const plan = planOf({ config_files: { ".netrc": { content: "machine x", mode: "600" } } });
    expect(Launch.Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it("is not made of a list of commands, nor for several machines", () => {
    expect(() => planOf({ command: ["a", "b"] })).toThrow(expect.objectContaining({ code: "job.command_list" }));
    expect(() => planOf({ scale: 2 })).toThrow(expect.objectContaining({ code: "job.scale" }));
  });

  it("follows what the operator allows by now, where that is said", () => {
    const job = jobOf({ git_repositories: [{ url: "file:///srv/tools.git" }] });
    const rest = { job, image_uri: "acme/python:1", size, owner };
    expect(Launch.planOf(rest).repositories).toHaveLength(1);
    expect(() => Launch.planOf({ ...rest, platform: { allowFileRepositories: false } })).toThrow("not allowed here");
  });
});

describe("checking a job before it is kept", () => {
  it("finds nothing wrong with an ordinary one", () => {
    expect(check({ environment_variables: { PATH: "/bin", A: "it's\n$(id)" }, config_files: { "~/.aws/config": { content: "x" } } })).not.toThrow();
    expect(check({ config_files: { "workspace/x/.env": { content: "" } }, git_repositories: [{ url: "https://a.org/x" }] })).not.toThrow();
  });

  it.each([
    [{ environment_variables: { CASSINI_TASK: "x" } }, "variable.refused", "names that begin with CASSINI_ are the platform's own"],
    [{ environment_variables: { A: "a\0b" } }, "variable.refused", "The variable A cannot be set: its value holds a NUL character"],
    [{ environment_variables: { A: "x".repeat(131_072) } }, "variable.refused", "Put the value into a file"],
    [{ command: "a\0b" }, "text.refused", "The field command holds a NUL character"],
    [{ command: ["a", "b\0"] }, "text.refused", "The field command holds a NUL character"],
    [{ start_script: "\0" }, "text.refused", "The field start_script holds a NUL character"],
    [{ working_directory: "/home/../etc" }, "path.refused", "an absolute path without `..`"],
    [{ working_directory: "/a\nb" }, "path.refused", "it holds a control character"],
    [{ config_files: { "/etc/passwd": { content: "" } } }, "path.refused", "files and repositories of a task lie below /home/jovyan"],
    [{ config_files: { ".cassini/entry.sh": { content: "" } } }, "path.refused", "is the platform's own"],
    [{ config_files: { "a/": { content: "" } } }, "path.refused", "it names a folder"],
    [{ config_files: { a: { content: "" }, "/home/jovyan/a": { content: "" } } }, "path.refused", "two files have it"],
    [{ config_files: { a: { content: "" }, "a/b": { content: "" } } }, "path.refused", "/home/jovyan/a/b would make a folder of it"],
    [{ config_files: { "workspace/x": { content: "" } }, git_repositories: [{ url: "https://a.org/x" }] }, "path.refused", "a repository is cloned to /home/jovyan/workspace/x"],
    [{ config_files: { workspace: { content: "" } }, git_repositories: [{ url: "https://a.org/x" }] }, "path.refused", "a repository is cloned to /home/jovyan/workspace/x"],
    [{ extra_packages: { pip: { install: "-r x" } } }, "packages.invalid", "is no option that can stand here"],
    [{ git_repositories: [{ url: "git@a.org:x/y" }] }, "repository.refused", "keys for ssh are not there yet"],
  ])("refuses %j as %s", (said, code, sentence) => {
    expect(check(said)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(sentence) }));
  });
});

/** What an act answers, or the code of its failure. */
const outcome = <T>(act: () => T): T | string | undefined => {
  try {
    return act();
  } catch (error) {
    return codeOf(error);
  }
};

describe("files of a job", () => {
  it("are refused exactly where two are one or one lies in another", () => {
    const path = fc.array(fc.constantFrom("a", "b", "a-", "a.b"), { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 6 }), (paths) => {
        const clash = paths.some((one) => paths.some((other) => other.startsWith(`${one}/`)));
        const files = Object.fromEntries(paths.map((each) => [each, { content: "", mode: "0644" }]));
        expect(outcome(() => Launch.filesOf(files).length)).toBe(clash ? "path.refused" : paths.length);
      }),
    );
  });
});

describe("what a task is given", () => {
  it("is a bundle of paths, variables and a script", () => {
    const bundle = bundleOf({ config_files: { ".netrc": { content: "x", mode: "600" } }, extra_packages: { pip: { install: "numpy" } } });
    expect(Launch.Bundle.parse(bundle)).toEqual(bundle);
    expect(bundle).toMatchObject({
      run: id("e"), attempt: 2, owner_id: owner.id, home: "/home/jovyan", pip: "numpy\n",
      files: [{ path: "/home/jovyan/.netrc", content: "x", mode: "0600" }],
    });
    expect(bundle.entry).toContain("'python run.py'");
  });

  it("tells the task who it is and where the platform is", () => {
    expect(bundleOf().environment).toMatchObject({
      HOME: "/home/jovyan", SATURN_TOKEN: "cassini_secret", SATURN_BASE_URL: "http://127.0.0.1:8080", SATURN_USERNAME: "ada", SATURN_USER: "ada",
      SATURN_ORG: "acme", SATURN_IS_INTERNAL: "true", SATURN_RESOURCE_TYPE: "job", SATURN_VERSION: "2026.02.01",
      SATURN_JOB_RUN: "nightly-eeeeeeee", SATURN_JOB_RANK: "0", SATURN_JOB_SCALE: "1", SATURN_JOB_LEADER: "localhost",
    });
  });

  it("has the user's variables, but for those that the platform says of itself", () => {
    const { environment } = bundleOf({ environment_variables: { MODE: "fast", SATURN_TOKEN: "mine", SATURN_USER_PYTHON: "/opt/python", PYTHONUNBUFFERED: "" } });
    expect(environment).toMatchObject({ MODE: "fast", SATURN_TOKEN: "cassini_secret", SATURN_USER_PYTHON: "/opt/python", PYTHONUNBUFFERED: "" });
  });

  it("never holds the token in its script", () => {
    expect(bundleOf({ command: "echo $SATURN_TOKEN" }).entry).not.toContain("cassini_secret");
  });
});

describe("a home directory elsewhere", () => {
  it("moves every field that lies in it, and no text", () => {
    const said = {
      command: "ls /home/jovyan/x", environment_variables: { DATA: "/home/jovyan/data" },
      config_files: { a: { content: "/home/jovyan" } }, git_repositories: [{ url: "https://a.org/x" }],
    };
    const moved = Launch.movedHome(bundleOf(said), "/tmp/task");
    expect(moved).toMatchObject({
      home: "/tmp/task", working_directory: "/tmp/task/workspace",
      files: [{ path: "/tmp/task/a", content: "/home/jovyan" }], repositories: [{ path: "/tmp/task/workspace/x" }],
      environment: { HOME: "/tmp/task", CASSINI_WORKING_DIRECTORY: "/tmp/task/workspace", DATA: "/home/jovyan/data" },
    });
    expect(moved.entry).toBe(bundleOf(said).entry);
  });

  it("leaves a working directory outside of it alone", () => {
    expect(Launch.movedHome(bundleOf({ working_directory: "/home/jovyanx" }), "/tmp/task").working_directory).toBe("/home/jovyanx");
  });
});

describe("the marks of a task", () => {
  it("tell when each step began, and when and how it ended", () => {
    expect(Launch.parseMarks("start packages 1777636800.250000\nend packages 1777636801 7\nstart command -\n")).toEqual([
      { kind: "start", step: "packages", at: "2026-05-01T12:00:00.250Z" },
      { kind: "end", step: "packages", at: "2026-05-01T12:00:01.000Z", exitCode: 7 },
      { kind: "start", step: "command" },
    ]);
  });

  it("leave out a line that is still being written, and lines of no known form", () => {
    expect(Launch.parseMarks("start command 1\nend command 2")).toHaveLength(1);
    expect(Launch.parseMarks("\nstart lunch 1\nend command 2\nstart command 1 0\nstart  command 1\n")).toEqual([]);
  });

  it("can be read from any text, cut anywhere", () => {
    const whole = "start packages 1.5\nend packages 2.5 0\nstart command 3\n";
    const text = fc.oneof(fc.string(), fc.nat(whole.length).map((length) => whole.slice(0, length)));
    fc.assert(
      fc.property(text, (seen) => {
        const marks = Launch.parseMarks(seen);
        expect(Launch.parseMarks(whole).slice(0, marks.length)).toEqual(marks);
      }),
    );
  });
});
