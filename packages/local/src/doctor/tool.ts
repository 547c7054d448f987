import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** What a program says when it is asked, its first line; undefined where it is not there or fails. */
export async function said(program: string, args: readonly string[]): Promise<string | undefined> {
  try {
    const { stdout, stderr } = await run(program, [...args], { timeout: 5000, encoding: "utf8" });
    return `${stdout}${stderr}`.trim().split("\n")[0] ?? "";
  } catch {
    // Not there, not executable, or out of order: for a job it is all the same.
    return undefined;
  }
}
