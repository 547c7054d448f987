import { readFileSync } from "node:fs";
import * as z from "zod";

const Described = z.object({ version: z.string() });

/** This package's version. */
export function versionHere(): string {
  return Described.parse(
    JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")),
  ).version;
}
