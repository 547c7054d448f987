import { access, constants, readFile, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { engineProgram } from "../engine/engine-program.ts";
import { machineHere } from "../world/platform.ts";
import { reportOf, type Finding, type Report } from "./finding.ts";
import { said } from "./tool.ts";

/** Where to get what is missing; the words of Debian and its kin. */
const install = (packages: string): string => `Debian, Ubuntu: apt-get install ${packages}`;

/** Looks at the machine: each thing that jobs may need, whether it is there, and what follows where it is not. */
export async function examine(
  home: string,
  further: () => Promise<readonly Finding[]> = async () => [],
): Promise<Report> {
  const found = await Promise.all([
    machine(),
    memory(),
    disk(home),
    engine(),
    ...tools.map(look),
    venv(),
    ...unused.map(lookAside),
    further(),
  ]);
  return reportOf(found.flat());
}

interface Tool {
  readonly name: string;
  readonly ask: readonly [program: string, ...args: string[]];
  readonly required?: boolean;
  readonly means: string;
  readonly remedy: string;
}

const tools: readonly Tool[] = [
  {
    name: "bash",
    ask: ["bash", "--version"],
    required: true,
    means: "Every job is started by it.",
    remedy: install("bash"),
  },
  {
    name: "python3",
    ask: ["python3", "--version"],
    means: "The image python:host is this Python; jobs in other languages do not need it.",
    remedy: install("python3 python3-venv"),
  },
  {
    name: "git",
    ask: ["git", "--version"],
    means: "Jobs cannot clone repositories.",
    remedy: install("git"),
  },
  {
    name: "ssh",
    ask: ["ssh", "-V"],
    means: "Jobs themselves cannot use ssh.",
    remedy: install("openssh-client"),
  },
  {
    name: "R",
    ask: ["Rscript", "--version"],
    means: "Jobs cannot run R.",
    remedy: install("r-base-core"),
  },
  {
    name: "bwrap",
    ask: ["bwrap", "--version"],
    means: "Tasks see the whole machine, and what leaves a task's process group outlives it.",
    remedy: install("bubblewrap"),
  },
];

async function look({
  name,
  ask: [program, ...args],
  required = false,
  means,
  remedy,
}: Tool): Promise<Finding> {
  const version = await said(program, args);
  if (version !== undefined)
    return { name, state: "ok", required, found: version, means: "", remedy: "" };
  return { name, state: "missing", required, found: "not found", means, remedy };
}

async function venv(): Promise<Finding> {
  const there =
    (await said("python3", ["-c", "import ensurepip, venv; print('ok')"])) !== undefined;
  const fine = { name: "python3 venv", required: false, found: there ? "with pip" : "not found" };
  if (there) return { ...fine, state: "ok", means: "", remedy: "" };
  return {
    ...fine,
    state: "missing",
    means: "Jobs with extra pip packages cannot start,.",
    remedy: install("python3-venv"),
  };
}

/** Programs that one expects here, and that jobs do without so far. */
const unused: readonly (readonly [name: string, program: string, ...args: string[]])[] = [
  ["docker", "docker", "version", "--format", "{{.Server.Version}}"],
  ["uv", "uv", "--version"],
];

async function lookAside([name, program, ...args]: (typeof unused)[number]): Promise<Finding> {
  const version = await said(program, args);
  const found = `${version ?? "not found"}; jobs do not use it yet`;
  return { name, state: "ok", required: false, found, means: "", remedy: "" };
}

async function machine(): Promise<Finding> {
  const { cores, memoryGb, gpus } = await machineHere();
  const cards =
    gpus > 0
      ? `, GPU ${(await said("nvidia-smi", ["-L"])) ?? `${gpus}, and nvidia-smi does not answer`}`
      : ", no GPU";
  return {
    name: "machine",
    state: "ok",
    required: true,
    found: `${cores} cores, ${memoryGb} GB${cards}`,
    means: "",
    remedy: "",
  };
}

const gb = 1024 ** 3;
const inGb = (bytes: number): string => `${(bytes / gb).toFixed(1)} GB`;

async function memory(): Promise<Finding> {
  const told = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const free = Number(/^MemAvailable:\s+(\d+)/m.exec(told)?.[1] ?? Number.NaN) * 1024;
  const enough = !(free < gb);
  return {
    name: "free memory",
    state: enough ? "ok" : "limited",
    required: false,
    found: Number.isNaN(free) ? "not known" : inGb(free),
    means: enough ? "" : "Jobs may be killed for want of memory.",
    remedy: enough ? "" : "End what is not needed.",
  };
}

async function disk(home: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(home).catch(() => statfs(homedir()));
  const enough = bavail * bsize > 2 * gb;
  return {
    name: "free disk",
    state: enough ? "ok" : "limited",
    required: false,
    found: `${inGb(bavail * bsize)} at ${home}`,
    means: enough ? "" : "Logs and environments may not fit.",
    remedy: enough ? "" : "Make room, or choose another disk with --home.",
  };
}

async function engine(): Promise<Finding> {
  const common = { name: "database engine", required: true, means: "", remedy: "" };
  const elsewhere = process.env["DYNAMODB_ENDPOINT"];
  if (elsewhere) return { ...common, state: "ok", found: elsewhere };
  try {
    const program = engineProgram(process.env);
    await access(program, constants.X_OK);
    return { ...common, state: "ok", found: program };
  } catch (error) {
    return {
      ...common,
      state: "missing",
      found: "not found",
      remedy: error instanceof Error ? error.message : "",
    };
  }
}
