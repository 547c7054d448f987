import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Launch } from "./index.ts";
import { refusal } from "./sample.ts";

const check = (kind: string, install: string) => () =>
  Launch.checkPackages({ [kind]: { install } });
const pip = (install: string) => check("pip", install);

describe("a list of packages", () => {
  it.each([
    ["pip", "numpy pandas==2.1 scikit-learn>=1.0,<2 torch[cuda]~=2.0 'dask >= 2024'"],
    ["pip", "git+https://github.com/a/b@v1#egg=b b@https://example.com/b.whl"],
    ["pip", "--pre --extra-index-url=https://example.com/simple torch --no-binary :all:"],
    ["conda", "-c conda-forge --override-channels numpy=1.26 'scipy>=1.1,<2'"],
    ["conda", "conda-forge::xgboost _libgcc_mutex pytorch==2.1=py311_0"],
    ["apt", "git g++ libstdc++6:amd64 vim=2:9.0~rc1-1 curl/stable"],
    ["cran", "dplyr data.table R6"],
    ["bioconductor", "limma DESeq2"],
    ["remotes", "tidyverse/dplyr r-lib/usethis@v2.0.0 r-lib/rlang#123 https://example.com/x.tgz"],
  ])("of %s may be %s", (kind, install) => {
    expect(check(kind, install)).not.toThrow();
  });

  const refused: Record<string, string> = {
    pip: "numpy; rm -rf /|$(id)|`id`|numpy&&sh|-r /etc/passwd|--target=/|./here|numpy >= 2|pandas=2.1|'numpy|--index-url|--pre=yes|https://me:secret@example.com/x.whl|x\\|# numpy",
    conda: "numpy&&id|--prefix /|-c https://me:secret@example.com|-c --prefix",
    apt: "-o Dpkg::Pre-Invoke::=id|git-|Git|./x.deb|g",
    cran: "dplyr=1.0|a'b",
    bioconductor: "x);system('id')",
    remotes: "-a/b|dplyr|a/b;c",
  };
  const cases = Object.entries(refused).flatMap(([kind, lists]) =>
    lists.split("|").map((list): [string, string] => [kind, list]),
  );
  it.each(cases)("of %s is refused where it is %s", (kind, install) => {
    expect(refusal(check(kind, install)).code).toBe("packages.invalid");
  });

  it("is refused in words that name what does not fit and what to write", () => {
    expect(pip("numpy $(id)")).toThrow(
      "The pip packages do not fit: `$(id)` is not one that can be installed by name. Write name, name==1.2 or an https address",
    );
  });

  it("is refused without repeating a password", () => {
    for (const list of ["--index-url https://me:secret@a.org/", "https://me:secret@a.org/x.whl"]) {
      const { code, sentence } = refusal(pip(list));
      expect(code).toBe("packages.invalid");
      expect(sentence).not.toContain("secret");
    }
  });

  it("lets no word pass that means more to a shell than its letters, but for signs of comparison", () => {
    const signs = "'\"-;&|$`(){}<>\\\n\t#!*?~[]=@:/.,+%".split("");
    const piece = fc.constantFrom("ab1", "numpy", "==1.2", "-", " ", "--pre", ...signs);
    const list = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...Launch.packageKinds), list, (kind, parts) => {
        const answer = items(kind, parts.join("")).join(" ");
        expect(answer).toMatch(/^[^;|$`(){}\\\n\t'"]*$/);
      }),
      { numRuns: 2000 },
    );
    expect(items("pip", "--pre numpy==1.2")).toEqual(["--pre", "numpy==1.2"]);
  });

  it("is read in no time, however long it is", () => {
    const long = ["a ", "'", "-", "//a@", "a==1,", "--pre "].map((part) => part.repeat(40_000));
    const before = performance.now();
    for (const kind of Launch.packageKinds) for (const list of long) items(kind, list);
    expect(performance.now() - before).toBeLessThan(5000);
  });
});

/** The words of a list, or none where it is refused. */
function items(kind: Launch.PackageKind, list: string): string[] {
  try {
    return Launch.itemsOf(kind, list).flat();
  } catch (error) {
    expect(error).toMatchObject({ code: "packages.invalid" });
    return [];
  }
}
