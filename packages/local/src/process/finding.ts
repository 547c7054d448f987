import type { Finding } from "../doctor/finding.ts";
import type { Host } from "./confine.ts";
import type { Python } from "./python.ts";

const fine = { state: "ok", required: false, means: "", remedy: "" } as const;

/** What a person should know of how tasks run on this host, for the doctor and the log. */
export const findingsOf = (
  host: Host,
  python: Python | undefined,
  limits: readonly string[],
): Finding[] => [confinement(host), separation(host), interpreter(python), limited(limits)];

const modes: Readonly<Record<Host["mode"], string>> = {
  namespace: "process and mount namespaces by unshare",
  bubblewrap: "process and mount namespaces by bubblewrap",
  plain: "a session for each task",
};

function confinement({ mode }: Host): Finding {
  const finding = { ...fine, name: "confinement", found: modes[mode] };
  if (mode !== "plain") return finding;
  return {
    ...finding,
    state: "limited",
    means:
      "Tasks do not see their directory as /home/jovyan, so that path does not hold inside commands; what leaves a task's session outlives it.",
    remedy:
      "Install bubblewrap (on Debian: apt-get install bubblewrap), or start the server as root where namespaces are allowed.",
  };
}

function separation({ mode, separates, isRoot }: Host): Finding {
  const name = "owners";
  if (separates)
    return {
      ...fine,
      name,
      found:
        "a user of its own for each owner; tasks cannot read the server's home or other owners' tasks",
    };
  const reads = isRoot
    ? "everything on this machine"
    : mode === "bubblewrap"
      ? "what the server's user can, but for the server's home"
      : "what the server's user can, the server's home included";
  return {
    name,
    state: "limited",
    required: false,
    found: `one user for all; tasks can read ${reads}`,
    means: "Tasks of a second owner are refused.",
    remedy: isRoot ? "Install setpriv (util-linux)." : "Start the server as root.",
  };
}

function interpreter(python: Python | undefined): Finding {
  const name = "python of tasks";
  if (python) return { ...fine, name, found: `${python.path}, ${python.version.split(" ")[0]}` };
  return {
    name,
    state: "missing",
    required: false,
    found: "none that tasks can run",
    means: "The image python:host cannot be used.",
    remedy:
      "Install python3 where every user can read it (on Debian: apt-get install python3 python3-pip python3-venv).",
  };
}

function limited(limits: readonly string[]): Finding {
  const finding = {
    ...fine,
    name: "limits of tasks",
    found: limits.length > 0 ? limits.join(", ") : "none",
  };
  if (limits.length > 0) return finding;
  return {
    ...finding,
    state: "limited",
    means: "A task can use more memory and more cores than its size says.",
    remedy: "Start the server as root where control groups can be written.",
  };
}
