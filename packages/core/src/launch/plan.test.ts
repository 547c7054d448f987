import { describe, expect, it } from "vitest";
import { Launch } from "./index.ts";
import { ada, asked, planned, refusal } from "./sample.ts";

describe("a plan", () => {
  it("holds all that a task needs to know of its job, and nothing of a run", () => {
    const plan = planned({
      git_repositories: [{ url: "https://github.com/acme/tools.git", reference: "main" }],
      extra_packages: { pip: { install: "numpy" } },
      start_script: "date",
    });
    expect(Launch.Plan.parse(plan)).toEqual(plan);
    expect(plan).toMatchObject({
      job_name: "nightly",
      owner_id: ada.id,
      owner_name: "acme/ada",
      image_uri: "acme/python:1",
      instance: { name: "medium", cores: 2, memory_gb: 4, gpu: 0 },
      command: "python run.py",
      working_directory: "/home/jovyan/workspace",
      packages: { pip: { install: "numpy" } },
      start_script: "date",
      repositories: [{ path: "/home/jovyan/workspace/tools", reference: "main" }],
    });
  });

  it("is kept under a name that only its content decides", async () => {
    const key = await Launch.planKey(planned({ environment_variables: { A: "1", B: "2" } }));
    const keyOf = (said: object) => Launch.planKey(planned({ environment_variables: said }));
    expect(key).toMatch(/^plans\/[0-9a-f]{64}$/);
    expect(await keyOf({ B: "2", A: "1" })).toBe(key);
    expect(await keyOf({ A: "1", B: "3" })).not.toBe(key);
  });

  it("comes back from its text as it was", () => {
    const plan = planned({ config_files: { ".netrc": { content: "machine x", mode: "600" } } });
    expect(Launch.Plan.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  it("is not made of a list of commands, nor for several machines", () => {
    expect(refusal(() => planned({ command: ["a", "b"] })).code).toBe("job.command_list");
    expect(refusal(() => planned({ scale: 2 })).code).toBe("job.scale");
  });

  it("follows what the operator allows by now, where that is said", () => {
    const of = asked({ git_repositories: [{ url: "file:///srv/tools.git" }] });
    expect(Launch.planOf(of).repositories).toHaveLength(1);
    const platform = { allowFileRepositories: false };
    expect(() => Launch.planOf({ ...of, platform })).toThrow("not allowed here");
  });
});
