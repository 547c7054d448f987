import { createHash } from "node:crypto";
import { existsSync, realpathSync } from "node:fs";
import { tmpdir } from "node:os";
import type { Finding } from "../doctor/finding.ts";
import { cgroupsHere } from "./cgroup.ts";
import { asOwner } from "./confine.ts";
import { findingsOf } from "./finding.ts";
import { probe } from "./probe.ts";
import { pythonFor } from "./python.ts";

/** What a person should know of how tasks would run here, found out without a server and without a trace. */
export async function examineTasks(home: string): Promise<Finding[]> {
  const host = await probe(realpathSync(existsSync(home) ? home : tmpdir()));
  const cgroups = cgroupsHere(
    `cassini-doctor-${createHash("sha256").update(home).digest("hex").slice(0, 12)}`,
  );
  cgroups.sweep(new Set());
  return findingsOf(host, await pythonFor(asOwner(host), "python3"), cgroups.limits);
}
