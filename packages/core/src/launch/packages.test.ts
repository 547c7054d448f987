import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Launch } from "./index.ts";
import { refusal } from "./sample.ts";

const flat = (of: Partial<Launch.FlatPackages>): Launch.FlatPackages =>
  Launch.FlatPackages.parse(of);

describe("packages in a recipe", () => {
  it("may be a text for each kind, which means the same as the list in an object", () => {
    const long = { pip: { install: "lightgbm pandas==2.1" }, apt: { install: "git" } };
    expect(Launch.packagesFrom({ pip: "lightgbm pandas==2.1", apt: "git" })).toEqual(long);
    expect(Launch.packagesFrom(long)).toEqual(long);
  });

  it("are none where nothing is said, and where what is said is null or blank", () => {
    for (const nothing of [
      undefined,
      null,
      {},
      { pip: null, apt: "" },
      { pip: { install: " " }, conda: { install: null, use_mamba: true } },
    ]) {
      expect(Launch.packagesFrom(nothing)).toEqual({});
    }
  });

  it("keep how they are to be installed", () => {
    const said = {
      conda: { environment_yml: "dependencies: [numpy]", use_mamba: true },
      remotes: { install: "a/b", remote: "gitlab" as const },
    };
    expect(Launch.packagesFrom(said)).toEqual(said);
  });

  it.each([
    { pip: { instal: "numpy" } },
    { gem: "rails" },
    { pip: ["numpy"] },
    "numpy",
    { remotes: { install: "a/b", remote: "ftp" } },
  ])("are refused where %o is no way to write them", (wrong) => {
    expect(refusal(() => Launch.packagesFrom(wrong)).code).toBe("input.invalid");
  });
});

describe("packages in the typed API", () => {
  it("say by a flag that a text is a whole file", () => {
    const files = flat({
      pip: "numpy\n",
      as_requirements_txt: true,
      conda: "name: x",
      as_environment_yml: true,
      use_mamba: true,
    });
    expect(Launch.packagesFromFlat(files)).toEqual({
      pip: { requirements_txt: "numpy\n" },
      conda: { environment_yml: "name: x", use_mamba: true },
    });
    expect(Launch.packagesFromFlat(flat({ pip: "numpy", cran: "dplyr" }))).toEqual({
      pip: { install: "numpy" },
      cran: { install: "dplyr" },
    });
  });

  it("always show every key, null where there is nothing", () => {
    expect(Launch.packagesToFlat({})).toEqual(flat({}));
    expect(Object.keys(Launch.packagesToFlat({}))).toHaveLength(9);
  });

  it("come back as they were, from either form", () => {
    const text = fc.string({ minLength: 1 }).filter((each) => each.trim() !== "");
    const maybe = fc.option(text, { nil: null });
    const form = fc.record({
      pip: maybe,
      conda: maybe,
      apt: maybe,
      cran: maybe,
      remotes: maybe,
      bioconductor: maybe,
      pipFile: fc.boolean(),
      condaFile: fc.boolean(),
      mamba: fc.boolean(),
    });
    fc.assert(
      fc.property(form, ({ pipFile, condaFile, mamba, ...texts }) => {
        const said: Launch.FlatPackages = {
          ...texts,
          as_requirements_txt: pipFile && texts.pip !== null,
          as_environment_yml: condaFile && texts.conda !== null,
          use_mamba: mamba && texts.conda !== null,
        };
        const packages = Launch.packagesFromFlat(said);
        expect(Launch.packagesToFlat(packages)).toEqual(said);
        expect(Launch.packagesFrom(packages)).toEqual(packages);
      }),
    );
  });
});

describe("the kinds that a host must be able to install", () => {
  it("are those that have something in them, system libraries first", () => {
    const packages = Launch.packagesFrom({ remotes: "a/b", pip: "numpy", apt: "git", conda: " " });
    expect(Launch.kindsUsed(packages)).toEqual(["apt", "pip", "remotes"]);
  });
});

describe("checking packages", () => {
  it("refuses a list and a file at once", () => {
    const both = (kind: string, file: string) => () =>
      Launch.checkPackages({ [kind]: { install: "a", [file]: "a" } });
    expect(both("pip", "requirements_txt")).toThrow("install and requirements_txt are both given");
    expect(both("conda", "environment_yml")).toThrow("install and environment_yml are both given");
  });

  it("refuses a mirror with a password, and a file that no shell could write", () => {
    const cran = { install: "R6", repo: "https://me:secret@example.com" };
    expect(() => Launch.checkPackages({ cran })).toThrow("repo is no address of a mirror");
    const nul = () => Launch.checkPackages({ pip: { requirements_txt: "a\0b" } });
    expect(refusal(nul).code).toBe("text.refused");
  });
});

describe("the pip packages as a requirements file", () => {
  it("has a line for each of a list", () => {
    expect(
      Launch.pipText({
        pip: { install: "numpy --extra-index-url https://example.com/simple\n torch" },
      }),
    ).toBe("numpy\n--extra-index-url https://example.com/simple\ntorch\n");
  });

  it("is the file itself where one is given, and empty where there is nothing", () => {
    expect(Launch.pipText({ pip: { requirements_txt: "numpy\r\n# why\r\n" } })).toBe(
      "numpy\n# why\n",
    );
    expect(Launch.pipText({})).toBe("");
  });
});
