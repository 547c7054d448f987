import { dirname } from "node:path";
import { answer, searchPath } from "./probe.ts";

/** An interpreter that tasks can run. */
export interface Python {
  readonly path: string;
  readonly version: string;
}

const question =
  "import sys; print(sys.executable); print('.'.join(map(str, sys.version_info[:3])), sys.prefix)";

/** The first Python that a task's owner can run: the one that is found by the name, by the search path, or where Debian has it. */
export async function pythonFor(
  before: readonly string[],
  name: string,
): Promise<Python | undefined> {
  const places = name.startsWith("/")
    ? [name]
    : [...searchPath(), "/usr/local/bin", "/usr/bin"].map((folder) => `${folder}/${name}`);
  for (const place of new Set(places)) {
    const [path, version] = (await answer(before, [place, "-c", question]))?.split("\n") ?? [];
    if (path?.startsWith("/") && version !== undefined) return { path, version };
  }
  return undefined;
}

/** The search path of tasks: the server's folders that a task's owner can look into, the interpreter's first where another comes before it. */
export async function taskPath(
  before: readonly string[],
  bash: string,
  python: Python | undefined,
): Promise<string> {
  const folders = [...searchPath(), "/usr/local/bin", "/usr/bin", "/bin"];
  const script =
    'for folder; do [ -d "$folder" ] && [ -x "$folder" ] && printf "%s\\n" "$folder"; done; true';
  const open = (await answer(before, [bash, "-p", "-c", script, "path", ...folders]))?.split(
    "\n",
  ) ?? ["/usr/bin", "/bin"];
  if (!python) return [...new Set(open)].join(":");
  const found = await answer(before, [
    bash,
    "-p",
    "-c",
    `PATH=$1; type -P python3`,
    "path",
    open.join(":"),
  ]);
  return [...new Set([...(found === python.path ? [] : [dirname(python.path)]), ...open])].join(
    ":",
  );
}
