import { describe, expect, it } from "vitest";
import { Launch } from "./index.ts";
import { ada, bundled, refusal } from "./sample.ts";

describe("what a task is given", () => {
  it("is a bundle of paths, variables and a script", () => {
    const config_files = { ".netrc": { content: "x", mode: "600" } };
    const bundle = bundled({ config_files, extra_packages: { pip: { install: "numpy" } } });
    expect(Launch.Bundle.parse(bundle)).toEqual(bundle);
    expect(bundle).toMatchObject({ attempt: 2, owner_id: ada.id, home: "/home/jovyan" });
    expect(bundle.files).toEqual([{ path: "/home/jovyan/.netrc", content: "x", mode: "0600" }]);
    expect(bundle.pip).toBe("numpy\n");
    expect(bundle.entry).toContain("'python run.py'");
  });

  it("tells the task who it is and where the platform is", () => {
    expect(bundled().environment).toEqual({
      PYTHONUNBUFFERED: "1",
      HOME: "/home/jovyan",
      SATURN_TOKEN: "cassini_secret",
      SATURN_BASE_URL: "http://127.0.0.1:8080",
      SATURN_USERNAME: "ada",
      SATURN_USER: "ada",
      SATURN_ORG: "acme",
      SATURN_IS_INTERNAL: "true",
      SATURN_RESOURCE_TYPE: "job",
      SATURN_VERSION: "2026.02.01",
      SATURN_JOB_RUN: "nightly-eeeeeeee",
      SATURN_JOB_RANK: "0",
      SATURN_JOB_SCALE: "1",
      SATURN_JOB_LEADER: "localhost",
      CASSINI_WORKING_DIRECTORY: "/home/jovyan/workspace",
    });
  });

  it("has the user's variables, but for those that the platform says of itself", () => {
    const mine = { MODE: "fast", SATURN_USER_PYTHON: "/opt/python", PYTHONUNBUFFERED: "" };
    const { environment } = bundled({ environment_variables: { ...mine, SATURN_TOKEN: "mine" } });
    expect(environment).toMatchObject({ ...mine, SATURN_TOKEN: "cassini_secret" });
  });

  it("never holds the token in its script", () => {
    expect(bundled({ command: "echo $SATURN_TOKEN" }).entry).not.toContain("cassini_secret");
  });

  it("cannot be written down for bash with a name that is more than a name", () => {
    const write = () => Launch.environmentText({ "A=1; id": "x" });
    expect(refusal(write).code).toBe("variable.refused");
  });
});

describe("a home directory elsewhere", () => {
  it("moves every field that lies in it, and no text", () => {
    const bundle = bundled({
      command: "ls /home/jovyan/x",
      environment_variables: { DATA: "/home/jovyan/data" },
      config_files: { a: { content: "/home/jovyan" } },
      git_repositories: [{ url: "https://a.org/x" }],
    });
    const moved = Launch.movedHome(bundle, "/tmp/task");
    expect(moved).toMatchObject({ home: "/tmp/task", working_directory: "/tmp/task/workspace" });
    expect(moved.files).toMatchObject([{ path: "/tmp/task/a", content: "/home/jovyan" }]);
    expect(moved.repositories).toMatchObject([{ path: "/tmp/task/workspace/x" }]);
    expect(moved.environment).toEqual({
      ...bundle.environment,
      HOME: "/tmp/task",
      CASSINI_WORKING_DIRECTORY: "/tmp/task/workspace",
    });
    expect(moved.entry).toBe(bundle.entry);
  });

  it("leaves a working directory outside of it alone", () => {
    const moved = Launch.movedHome(bundled({ working_directory: "/home/jovyanx" }), "/tmp/task");
    expect(moved.working_directory).toBe("/home/jovyanx");
  });
});
