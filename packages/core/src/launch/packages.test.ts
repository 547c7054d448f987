import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Launch } from "./index.ts";

const flat = (of: Partial<Launch.FlatPackages>): Launch.FlatPackages => Launch.FlatPackages.parse(of);
const pip = (install: string) => () => Launch.checkPackages({ pip: { install } });

describe("packages in a recipe", () => {
  it("may be a text for each kind, which means the same as the list in an object", () => {
    const long = { pip: { install: "lightgbm pandas==2.1" }, apt: { install: "git" } };
    expect(Launch.packagesFrom({ pip: "lightgbm pandas==2.1", apt: "git" })).toEqual(long);
    expect(Launch.packagesFrom(long)).toEqual(long);
  });

  it("are none where nothing is said, and where what is said is null or blank", () => {
    for (const nothing of [undefined, null, {}, { pip: null, apt: "" }, { pip: { install: " " }, conda: { install: null, use_mamba: true } }]) {
      expect(Launch.packagesFrom(nothing)).toEqual({});
    }
  });

  it("keep how they are to be installed", () => {
    const said = { conda: { environment_yml: "dependencies: [numpy]", use_mamba: true }, remotes: { install: "a/b", remote: "gitlab" as const } };
    expect(Launch.packagesFrom(said)).toEqual(said);
  });

  it.each([{ pip: { instal: "numpy" } }, { gem: "rails" }, { pip: ["numpy"] }, "numpy", { remotes: { install: "a/b", remote: "ftp" } }])(
    "are refused where %o is no way to write them",
    (wrong) => {
      expect(() => Launch.packagesFrom(wrong)).toThrow(expect.objectContaining({ code: "input.invalid" }));
    },
  );
});

describe("packages in the typed API", () => {
  it("say by a flag that a text is a whole file", () => {
    const files = flat({ pip: "numpy\n", as_requirements_txt: true, conda: "name: x", as_environment_yml: true, use_mamba: true });
    expect(Launch.packagesFromFlat(files)).toEqual({ pip: { requirements_txt: "numpy\n" }, conda: { environment_yml: "name: x", use_mamba: true } });
    expect(Launch.packagesFromFlat(flat({ pip: "numpy", cran: "dplyr" }))).toEqual({ pip: { install: "numpy" }, cran: { install: "dplyr" } });
  });

  it("always show every key, null where there is nothing", () => {
    expect(Launch.packagesToFlat({})).toEqual(flat({}));
    expect(Object.keys(Launch.packagesToFlat({}))).toHaveLength(9);
  });

  it("come back as they were, from either form", () => {
    const text = fc.string({ minLength: 1 }).filter((each) => each.trim() !== "");
    const maybe = fc.option(text, { nil: null });
    const form = fc.record({ pip: maybe, conda: maybe, apt: maybe, cran: maybe, remotes: maybe, bioconductor: maybe, pipFile: fc.boolean(), condaFile: fc.boolean(), mamba: fc.boolean() });
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
  it.each([
    ["pip", "numpy pandas==2.1 scikit-learn>=1.0,<2 torch[cuda]~=2.0 'dask >= 2024' git+https://github.com/a/b@v1#egg=b b@https://example.com/b.whl"],
    ["pip", "--pre --extra-index-url=https://example.com/simple torch --no-binary :all:"],
    ["conda", "-c conda-forge --override-channels numpy=1.26 'scipy>=1.1,<2' conda-forge::xgboost _libgcc_mutex pytorch==2.1=py311_0"],
    ["apt", "git g++ libstdc++6:amd64 vim=2:9.0~rc1-1 curl/stable"],
    ["cran", "dplyr data.table R6"],
    ["bioconductor", "limma DESeq2"],
    ["remotes", "tidyverse/dplyr r-lib/usethis@v2.0.0 r-lib/rlang#123 https://example.com/x.tar.gz"],
  ] as const)("finds nothing wrong with %s packages such as people write", (kind, install) => {
    expect(() => Launch.checkPackages({ [kind]: { install } })).not.toThrow();
  });

  it.each([
    ["pip", "numpy; rm -rf /"], ["pip", "$(id)"], ["pip", "`id`"], ["pip", "numpy|sh"], ["pip", "-r /etc/passwd"], ["pip", "--target=/"], ["pip", "./here"], ["pip", "numpy >= 2"],
    ["pip", "pandas=2.1"], ["pip", "'numpy"], ["pip", "--index-url"], ["pip", "--pre=yes"], ["pip", "https://me:secret@example.com/x.whl"], ["pip", "x\\"], ["pip", "# numpy"],
    ["conda", "numpy&&id"], ["conda", "--prefix /"], ["conda", "-c https://me:secret@example.com"], ["conda", "-c --prefix"],
    ["apt", "-o Dpkg::Pre-Invoke::=id"], ["apt", "git-"], ["apt", "Git"], ["apt", "./x.deb"], ["apt", "g"],
    ["cran", "dplyr=1.0"], ["cran", "a'b"], ["bioconductor", "x);system('id')"], ["remotes", "-a/b"], ["remotes", "dplyr"], ["remotes", "a/b;c"],
  ] as const)("refuses for %s: %s", (kind, install) => {
    expect(() => Launch.checkPackages({ [kind]: { install } })).toThrow(expect.objectContaining({ code: "packages.invalid" }));
  });

  it("names the word that does not fit and what to write, and repeats no password", () => {
    expect(pip("numpy $(id)")).toThrow("The pip packages do not fit: `$(id)` is not one that can be installed by name. Write name, name==1.2 or an https address");
    expect(pip("--index-url https://me:secret@example.com/")).toThrow(expect.objectContaining({ message: expect.not.stringContaining("secret") }));
  });

  it("refuses a list and a file at once", () => {
    expect(() => Launch.checkPackages({ pip: { install: "a", requirements_txt: "a" } })).toThrow("install and requirements_txt are both given");
    expect(() => Launch.checkPackages({ conda: { install: "a", environment_yml: "a" } })).toThrow("install and environment_yml are both given");
  });

  it("refuses a mirror with a password, and a file that no shell could write", () => {
    expect(() => Launch.checkPackages({ cran: { install: "R6", repo: "https://me:secret@example.com" } })).toThrow("repo is no address of a mirror");
    expect(() => Launch.checkPackages({ pip: { requirements_txt: "a\0b" } })).toThrow(expect.objectContaining({ code: "text.refused" }));
  });

  it("lets no word pass that means more to a shell than its letters, but for signs of comparison", () => {
    const piece = fc.oneof(fc.constantFrom("ab1", "numpy", "==1.2", "-", " ", "--pre", ...`'"-;&|$\`(){}<>\\\n\t#!*?~[]=@:/.,+%`), fc.string({ maxLength: 3 }));
    const list = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
    fc.assert(
      fc.property(fc.constantFrom(...Launch.packageKinds), list, (kind, install) => {
        for (const word of accepted(kind, install)) expect(word).toMatch(/^(?:--?[a-z-]+|[^-;|$`(){}\\\n\t'"][^;|$`(){}\\\n\t'"]*)$/);
      }),
      { numRuns: 2000 },
    );
    expect(accepted("pip", "numpy==1.2")).toEqual(["numpy==1.2"]);
  });
});

const accepted = (kind: Launch.PackageKind, install: string): string[] => {
  try {
    return Launch.itemsOf(kind, install).flat();
  } catch (error) {
    expect(error).toMatchObject({ code: "packages.invalid" });
    return [];
  }
};

describe("the pip packages as a requirements file", () => {
  it("has a line for each of a list", () => {
    expect(Launch.pipText({ pip: { install: "numpy --extra-index-url https://example.com/simple\n torch" } })).toBe(
      "numpy\n--extra-index-url https://example.com/simple\ntorch\n",
    );
  });

  it("is the file itself where one is given, and empty where there is nothing", () => {
    expect(Launch.pipText({ pip: { requirements_txt: "numpy\r\n# why\r\n" } })).toBe("numpy\n# why\n");
    expect(Launch.pipText({})).toBe("");
  });
});
