import { failure } from "@cassini/core/kit";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const EngineMissing = failure<{ platform: string }>(
  "broken",
  "database.missing",
  ({ platform }) =>
    `There is no database engine for ${platform}. Put dynoxide's path into DYNOXIDE_BIN, or the address of another DynamoDB engine into DYNAMODB_ENDPOINT.`,
);

/** The path of the engine's program: the one that is named, or the one that was installed for this platform. */
export function engineProgram(env: Readonly<Record<string, string | undefined>>): string {
  const named = env["DYNOXIDE_BIN"];
  if (named) return named;
  const platform = `${process.platform}-${process.arch}`;
  try {
    const described = createRequire(import.meta.url).resolve(`@dynoxide/${platform}/package.json`);
    return join(dirname(described), process.platform === "win32" ? "dynoxide.exe" : "dynoxide");
  } catch (cause) {
    throw EngineMissing({ platform }, cause);
  }
}
