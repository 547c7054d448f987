import { spawnSync } from "node:child_process";
import { Launch } from "@cassini/core/launch";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bash, Image, type Said } from "./testing/image.ts";

/** Pieces of shell that leave a file behind if they are ever read as code. */
const escapes = [
  "$(>S)",
  "`>S`",
  "; >S;",
  "'; >S; '",
  '"; >S; "',
  "\n>S\n",
  "&>S&",
  "|>S|",
  "'\\''>S'",
];
/** The signs that they could be freed with, and others that a shell or a file might lose. */
const signs = "'\"\\\n\r$`!&|><(){}*?~#- \t".split("").concat("\r\n", "%s", "--", "EOF", "é", "😀");

const pieces = (sentinel: string): string[] =>
  escapes.map((piece) => piece.replace("S", sentinel)).concat(signs);

const texts = (sentinel: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constantFrom(...pieces(sentinel)) },
        { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join("").replaceAll("\0", ""));

const unix = (text: string): string => text.replaceAll(/(?<!\r)\r+\n/g, "\n");

/** Notes what it is to run, and the variables V0 to V7, in the place of the bash that steps are run with. */
const recorder = (to: string): string =>
  `[ "$1" = -c ] || exit 0
{ printf '%s\\0' "$3"; for name in \${!V@}; do printf '%s\\0' "\${!name}"; done; } >'${to}'`;

/** Runs a script whose steps are noted, not carried out: a piece that is carried out anyway has got out of its text. */
function record(image: Image, said: Said, environment: Record<string, string>): string[] {
  image.render(said);
  image.write("task/environment", Launch.environmentText(environment));
  const words = ["bash", image.program("recorder", recorder(image.at("noted")))];
  const env = image.surroundings({ CASSINI_PIP: image.program("pip-for-us", "exit 0") });
  const start = ["-p", "-c", 'BASH=$1; . "$2"', ...words, image.at("entry.sh")];
  const ended = spawnSync(bash, start, { env, encoding: "utf8" });
  expect(ended).toMatchObject({ status: 0, stdout: "", stderr: "" });
  return image.notes();
}

describe("texts from people", () => {
  it("arrive as they were written and are never read as code of the platform's own", () => {
    const image = new Image();
    image.program("conda", "exit 0");
    const text = texts(image.at("sentinel"));
    const values = fc.array(text, { minLength: 8, maxLength: 8 });
    const said = fc.record({ pip: text, conda: text, start: text, command: text, values });
    fc.assert(
      fc.property(said, (these) => {
        const pip = { requirements_txt: `#${these.pip}` };
        const conda = { environment_yml: `#${these.conda}` };
        const start_script = `#${these.start}`;
        const { command } = these;
        const environment = Object.fromEntries(these.values.map((value, i) => [`V${i}`, value]));
        const seen = record(
          image,
          { packages: { pip, conda }, start_script, command },
          environment,
        );
        expect(seen).toEqual([unix(command), ...these.values]);
        expect(image.read("task/start-script")).toBe(`#${unix(these.start)}\n`);
        expect(image.read("task/requirements.txt")).toBe(`#${unix(these.pip)}\n`);
        expect(image.read("task/environment.yml")).toBe(`#${unix(these.conda)}\n`);
        expect(image.has("sentinel")).toBe(false);
      }),
      { numRuns: 170 },
    );
  }, 60_000);

  it("may be commands that begin like an option, or are too long to be an argument", () => {
    const image = new Image();
    expect(image.run({ command: "-x" })).toBe(127);
    expect(image.log("command")).toContain("-x: command not found");
    expect(image.run({ command: `echo done; # ${"x".repeat(200_000)}` })).toBe(0);
    expect(image.log("command")).toContain("done\n");
  });

  it("may be start scripts from Windows, or too long to be an argument", () => {
    const image = new Image();
    const start_script = `true\r\n# ${"x".repeat(200_000)}\r\necho done\r\n`;
    expect(image.run({ start_script })).toBe(0);
    expect(image.log("start-script")).toBe("done\n");
  });
});
