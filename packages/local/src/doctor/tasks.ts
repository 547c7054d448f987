import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findingsOf } from "../process/finding.ts";
import { interpreters, settingIn } from "../process/setting.ts";
import type { Finding } from "./finding.ts";

/** What tasks would find here, tried out without a server; on a folder of its own where there is no home yet. */
export async function tasksHere(home: string): Promise<readonly Finding[]> {
  if (existsSync(home)) return triedIn(home);
  const folder = await mkdtemp(join(tmpdir(), "cassini-doctor-"));
  try {
    return await triedIn(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function triedIn(home: string): Promise<readonly Finding[]> {
  const setting = await settingIn(home);
  const { python } = await interpreters(setting)("python3");
  return findingsOf(setting.host, python, setting.cgroups.limits);
}
