import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { replace } from "@cassini/agent";
import { cgroupsHere } from "./cgroup.ts";
import { asOwner, type Mode } from "./confine.ts";
import { ownersIn } from "./owners.ts";
import { probe } from "./probe.ts";
import { pythonFor } from "./python.ts";
import { surroundings } from "./surroundings.ts";
import { isOutside, type Interpreter, type Setting } from "./task-file.ts";

/** Finds out what this host can do, and makes what its tasks need. */
export async function settingIn(home: string, wanted?: readonly Mode[]): Promise<Setting> {
  const own = realpathSync(home);
  const host = await probe(own, wanted);
  const token = createHash("sha256").update(own).digest("hex").slice(0, 12);
  const outside = `/var/lib/cassini/${token}`;
  // The folders above are passed through, not looked into.
  const passages = ["/var/lib/cassini", outside, `${outside}/environments`];
  if (isOutside(host)) passages.forEach(makePassage);
  return {
    host,
    owners: ownersIn(join(own, "uids.json")),
    cgroups: cgroupsHere(`cassini-${token}`),
    shim: kept(own, "shim.sh"),
    pip: kept(own, "pip.sh"),
    outside,
  };
}

function makePassage(folder: string): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o711);
}

/** Keeps a copy of a script under the name of its content: a shell reads its script while it runs. */
function kept(home: string, name: string): string {
  const text = readFileSync(fileURLToPath(new URL(`./${name}`, import.meta.url)), "utf8");
  const path = join(
    home,
    "process",
    `${createHash("sha256").update(text).digest("hex").slice(0, 12)}-${name}`,
  );
  mkdirSync(join(home, "process"), { recursive: true, mode: 0o700 });
  replace(path, text);
  return path;
}

/** Interpreters by the names that images give them; each is looked for once, and again as long as it is not there. */
export function interpreters({ host }: Setting): (name: string) => Promise<Interpreter> {
  const known = new Map<string, Promise<Interpreter>>();
  const find = async (name: string): Promise<Interpreter> => {
    const before = asOwner(host);
    const python = await pythonFor(before, name);
    if (!python) known.delete(name);
    return { python, environment: await surroundings(before, host.tools.bash, python) };
  };
  return (name) => {
    const found = known.get(name) ?? find(name);
    known.set(name, found);
    return found;
  };
}
