import { quoted } from "./shell.ts";
import { home, VariableRefused, type Plan } from "./schema.ts";

/** What belongs to one attempt alone, and is told to its task by variables. */
export interface TaskIdentity {
  readonly run: string;
  readonly attempt: number;
  readonly runName: string;
  /** The token that the task signs in with, as text. */
  readonly token: string;
  /** Where the task reaches the API: scheme, host and port. */
  readonly baseUrl: string;
  readonly orgName: string;
  readonly username: string;
}

/** Variables that begin so are between the platform and its own script; the command does not see them. */
export const ownPrefix = "CASSINI_";

/** The generation of the API that clients in the task may count on. */
export const apiVersion = "2026.02.01";

/** Linux passes no variable to a program that is longer than this, counted with its name, `=` and an end mark. */
export const longestVariableBytes = 131_072;

const name = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Fails with `variable.refused` for what no program can be started with, and for names that are the platform's own. */
export function checkVariables(variables: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(variables)) {
    checkName(key);
    if (key.startsWith(ownPrefix))
      throw VariableRefused({
        name: key,
        why: `names that begin with ${ownPrefix} are the platform's own. Choose another one.`,
      });
    if (value.includes("\0"))
      throw VariableRefused({
        name: key,
        why: "its value holds a NUL character. Take it out, or put the value into a file.",
      });
    const bytes = new TextEncoder().encode(`${key}=${value}`).length + 1;
    if (bytes > longestVariableBytes)
      throw VariableRefused({
        name: key,
        why: "it is longer than the 128 KB that Linux passes to a program. Put the value into a file.",
      });
  }
}

/** All variables of a task. What the platform says of itself wins over what the user says; `PYTHONUNBUFFERED` yields. */
export function environmentOf(plan: Plan, of: TaskIdentity): Record<string, string> {
  return {
    // A log that is read while the command runs should not wait for Python's buffer.
    PYTHONUNBUFFERED: "1",
    ...plan.environment_variables,
    HOME: home,
    SATURN_TOKEN: of.token,
    SATURN_BASE_URL: of.baseUrl,
    SATURN_USERNAME: of.username,
    SATURN_USER: plan.owner_name.split("/").at(-1) ?? of.username,
    SATURN_ORG: of.orgName,
    SATURN_IS_INTERNAL: "true",
    SATURN_RESOURCE_TYPE: "job",
    SATURN_VERSION: apiVersion,
    SATURN_JOB_RUN: of.runName,
    SATURN_JOB_RANK: "0",
    SATURN_JOB_SCALE: "1",
    SATURN_JOB_LEADER: "localhost",
    [workingDirectoryVariable]: plan.working_directory,
  };
}

/** Tells `entry.sh` where to go; a variable, so that a host can move it. */
export const workingDirectoryVariable = "CASSINI_WORKING_DIRECTORY";

/** The variables as lines for bash to read, where a host cannot set them itself. Fails with `variable.refused` for a name that is none. */
export function environmentText(environment: Readonly<Record<string, string>>): string {
  return Object.entries(environment)
    .map(([key, value]) => `export ${checkName(key)}=${quoted(value)}\n`)
    .join("");
}

function checkName(key: string): string {
  if (name.test(key)) return key;
  throw VariableRefused({
    name: JSON.stringify(key),
    why: "a name is letters, digits and underscores, and begins with no digit. Rename it.",
  });
}
