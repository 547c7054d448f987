import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Launch } from "./index.ts";
import { jobOf, refusal } from "./sample.ts";

const check = (said: object) => () => Launch.check(jobOf(said), { allowFileRepositories: false });
const file = { content: "" };
const repository = { git_repositories: [{ url: "https://a.org/x" }] };

describe("checking a job before it is kept", () => {
  it("finds nothing wrong with an ordinary one", () => {
    const environment_variables = { PATH: "/bin", A: "it's\n$(id)" };
    expect(check({ environment_variables, config_files: { "~/.aws/config": file } })).not.toThrow();
    expect(check({ config_files: { "workspace/x/.env": file }, ...repository })).not.toThrow();
  });

  it.each([
    [{ CASSINI_TASK: "x" }, "names that begin with CASSINI_ are the platform's own"],
    [{ A: "a\0b" }, "The variable A cannot be set: its value holds a NUL character"],
    [{ A: "x".repeat(131_072) }, "Put the value into a file"],
  ])("refuses a variable that no program can be given", (environment_variables, sentence) => {
    expect(check({ environment_variables })).toThrow(sentence);
  });

  it.each([{ command: "a\0b" }, { command: ["a", "b\0"] }, { start_script: "\0" }])(
    "refuses a text that no shell can read: %j",
    (said) => {
      const [field] = Object.keys(said);
      expect(check(said)).toThrow(`The field ${field} holds a NUL character`);
    },
  );

  it.each([
    ["/home/../etc", "an absolute path without `..`"],
    ["/a\nb", "it holds a control character"],
  ])("refuses the working directory %j", (working_directory, sentence) => {
    expect(check({ working_directory })).toThrow(sentence);
  });

  it.each([
    [["/etc/passwd"], "files and repositories of a task lie below /home/jovyan"],
    [[".cassini/entry.sh"], "is the platform's own"],
    [["a/"], "it names a folder"],
    [["a", "/home/jovyan/a"], "two files have it"],
    [["a", "a/b"], "/home/jovyan/a/b would make a folder of it"],
    [["workspace"], "a repository is cloned to /home/jovyan/workspace/x"],
    [["workspace/x"], "a repository is cloned to /home/jovyan/workspace/x"],
  ])("refuses the files %j", (paths, sentence) => {
    const config_files = Object.fromEntries(paths.map((path) => [path, file]));
    expect(check({ config_files, ...repository })).toThrow(sentence);
  });

  it("refuses packages and repositories as they are refused by themselves", () => {
    const extra_packages = { pip: { install: "-r x" } };
    expect(refusal(check({ extra_packages })).code).toBe("packages.invalid");
    const git_repositories = [{ url: "git@a.org:x/y" }];
    expect(refusal(check({ git_repositories })).code).toBe("repository.refused");
  });

  it("refuses files exactly where two are one or one lies in another", () => {
    const name = fc.constantFrom("a", "b", "a-", "a.b");
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 6 }), (paths) => {
        const clash = paths.some((one) => paths.some((other) => other.startsWith(`${one}/`)));
        const files = Object.fromEntries(paths.map((each) => [each, { ...file, mode: "0644" }]));
        const { code } = refusal(() => Launch.filesOf(files));
        expect(code).toBe(clash ? "path.refused" : undefined);
      }),
    );
  });
});
