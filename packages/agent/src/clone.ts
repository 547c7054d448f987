import { existsSync, readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Launch } from "@cassini/core/launch";
import type { Commit, TaskFile } from "./record.ts";
import { runTool, type Result } from "./tool.ts";

/** The most time that one repository may take. */
const seconds = 900;

const script = readFileSync(new URL("./clone.sh", import.meta.url), "utf8");

interface Surroundings {
  readonly task: TaskFile;
  readonly log: number;
  readonly note: string;
  readonly signal: AbortSignal;
}
export type Cloned = { readonly commit?: Commit | undefined } | { readonly trouble: string };

/** Clones a repository as the task's owner. `shown` is the path as its job names it. Nobody is asked for anything. */
export async function clone(
  repository: Launch.Repository,
  shown: string,
  { task, ...around }: Surroundings,
): Promise<Cloned> {
  const { url, path, reference_type, reference = "" } = repository;
  const local = url.startsWith("file:");
  if (local && isHidden(task, url))
    return { trouble: `The repository ${url} is not one for tasks.` };
  const words = ["bash", "-p", "-c", script, "clone", url, path, reference_type, reference];
  const result = await runTool({
    ...around,
    seconds,
    words: local ? [...task.reader, ...words, ...lower(task)] : [...task.tool, ...words],
    environment: environmentOf(task, url),
  });
  return clonedFrom(result, { url, path: shown });
}

function clonedFrom({ ok, answer, trouble }: Result, of: Omit<Commit, "commit">): Cloned {
  if (!ok) return { trouble: trouble ?? `The repository ${of.url} could not be cloned.` };
  const commit = answer.trim();
  return { commit: /^[0-9a-f]{40,64}$/.test(commit) ? { ...of, commit } : undefined };
}

/** Whether an address leads, by whatever links, to where the host keeps what is not for tasks. */
function isHidden({ hidden }: TaskFile, url: string): boolean {
  const path = fileURLToPath(url);
  const real = existsSync(path) ? realpathSync(path) : path;
  return hidden.some((folder) => `${real}/`.startsWith(`${folder}/`));
}

/** A host's repositories are read with a privilege that nothing else of the clone should have. */
const lower = (task: TaskFile): readonly string[] =>
  task.reader.length > task.tool.length
    ? ["setpriv", "--inh-caps=-all", "--ambient-caps=-all"]
    : [];

/** The settings of whoever runs the server are not the task's; those of the whole host are, since they may name a proxy. */
const environmentOf = (task: TaskFile, url: string): Record<string, string> => ({
  ...task.environment,
  HOME: task.home,
  GIT_TERMINAL_PROMPT: "0",
  GIT_ASKPASS: "true",
  GIT_CONFIG_GLOBAL: `${task.home}/.cassini/gitconfig`,
  GIT_ALLOW_PROTOCOL: new URL(url).protocol.slice(0, -1),
});

/** Git reads repositories of its own user alone unless told otherwise. It is told so for what an operator has allowed. */
export const gitconfig = "[safe]\n\tdirectory = *\n";
