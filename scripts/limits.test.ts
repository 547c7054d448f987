import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { plant, root, says, type Plot } from "./vitest/planted.ts";

const Report = z.object({
  diagnostics: z.array(z.object({ filename: z.string(), code: z.string() })),
  number_of_files: z.number(),
});

const read = async (folder: string) =>
  Report.parse(JSON.parse(await says(folder, "oxlint", "-f", "json", "packages")));

const lines = (count: number, line: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => line(at)).join("\n");

/** For each limit of size and shape, a file that goes one past it. */
const excesses: Readonly<Record<string, string>> = {
  "eslint(max-lines)": lines(201, (at) => `export const line${at} = ${at};`),
  "eslint(max-lines-per-function)": `export function long() {\n${lines(39, () => "  void 0;")}\n}`,
  "eslint(complexity)": `export function twisted(way: number) {\n${lines(8, (at) => `  if (way === ${at}) return ${at};`)}\n  return 9;\n}`,
  "eslint(max-depth)": `export function deep(a: boolean) {\n  if (a) { while (a) { if (a) { if (a) return; } } }\n}`,
  "eslint(max-params)":
    "export const many = (a: number, b: number, c: number, d: number, e: number) => a + b + c + d + e;",
  "eslint(no-console)": `console.log("here");`,
  "import(no-default-export)": "export default 1;",
  "typescript(no-explicit-any)": "export const loose = (given: any) => String(given);",
  "typescript(no-unsafe-type-assertion)":
    "export const sure = (given: unknown) => given as string;",
  "typescript(no-floating-promises)": "export function forget() {\n  Promise.resolve(1);\n}",
};

const nameOf = (code: string) => `packages/core/src/${code.replaceAll(/[^a-z]+/g, "-")}.ts`;

describe("the limits of size and shape", () => {
  let plot: Plot;
  let report: z.infer<typeof Report>;
  beforeAll(async () => {
    const files = Object.entries(excesses).map(([code, text]) => [nameOf(code), `${text}\n`]);
    plot = await plant(Object.fromEntries(files));
    report = await read(plot.folder);
  });
  afterAll(() => plot.remove());

  it.each(Object.keys(excesses))("%s", (code) => {
    expect(report.diagnostics).toContainEqual(
      expect.objectContaining({ filename: nameOf(code), code }),
    );
  });

  it("are put to every source", async () => {
    const files = await says(root, "oxlint", "--debug", "files");
    expect(
      files.split("\n").filter((file) => /packages\/core\/.*[.]ts$/.test(file)).length,
    ).toBeGreaterThan(100);
  });
});
