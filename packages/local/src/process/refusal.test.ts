import { describe, expect, it } from "vitest";
import { micro, planOf } from "../testing/tasks.ts";
import { refusalsOf, type Abilities } from "./refusal.ts";

const machine: Abilities = {
  gpus: 0,
  hasPython: async (name) => name === "python3",
  admits: () => true,
};
const refusals = (job: Parameters<typeof planOf>[0], of: Partial<Abilities> = {}) =>
  refusalsOf(planOf(job), { ...machine, ...of });

describe("what cannot run as processes of this machine", () => {
  it("is nothing of a plain job with pip packages", async () => {
    expect(await refusals({ packages: { pip: { install: "numpy" } } })).toEqual([]);
  });

  it("is an image for containers", async () => {
    expect(await refusals({ image_uri: "docker.io/library/python:3.12" })).toEqual([
      expect.stringMatching(/python:host.*docker driver or AWS/),
    ]);
  });

  it("is an interpreter that is not there", async () => {
    expect(await refusals({ image_uri: "host:python2" })).toEqual([
      expect.stringContaining("no python2"),
    ]);
  });

  it.each([
    ["apt", { apt: { install: "jq" } }],
    ["conda", { conda: { install: "numpy" } }],
    ["cran", { cran: { install: "dplyr" } }],
    ["remotes", { remotes: { install: "r-lib/cli" } }],
    ["bioconductor", { bioconductor: { install: "limma" } }],
  ])("are %s packages, each with a way out", async (_, packages) => {
    expect(await refusals({ packages })).toEqual([
      expect.stringMatching(/Use the docker driver or AWS/),
    ]);
  });

  it("is a size with a GPU where there is none", async () => {
    const instance = { ...micro, name: "g4dnxlarge", gpu: 1 };
    expect(await refusals({ instance })).toEqual([
      expect.stringContaining("Choose a size without GPU"),
    ]);
    expect(await refusals({ instance }, { gpus: 1 })).toEqual([]);
  });

  it("is a second owner's job where owners are not kept apart", async () => {
    expect(await refusals({}, { admits: () => false })).toEqual([
      expect.stringContaining("Start the server as root"),
    ]);
  });

  it("is told all at once", async () => {
    expect(
      await refusals({
        image_uri: "x",
        packages: { apt: { install: "jq" }, cran: { install: "dplyr" } },
      }),
    ).toHaveLength(3);
  });
});
