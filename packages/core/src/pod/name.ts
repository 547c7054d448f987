import type { Info as Run } from "../run/schema.ts";
import type { Place } from "./schema.ts";

/**
 * The name of a run's current attempt as a pod: `id-<identity>-<job>-<run's id>-<two letters>-<attempt - 1>-<five characters>`.
 * The job's name is that at the start, so a pod's name never changes.
 */
export function nameOf(run: Pick<Run, "id" | "name" | "attempt">, identity: string): string {
  const job = run.name.slice(0, run.name.lastIndexOf("-"));
  const words = ["id", identity, job].map(plain).filter((word) => word !== "");
  return [...words, run.id, lettersOf(run.id), run.attempt - 1, suffixOf(run.id, run.attempt)].join(
    "-",
  );
}

/** The run and the attempt that a pod's name tells; undefined where it is no pod's name. */
export function placeOf(name: string): Place | undefined {
  const found = /^id-(?:.+-)?(?<run>[0-9a-f]{32})-[a-z]{2}-(?<index>\d{1,4})-[0-9a-f]{5}$/.exec(
    name,
  )?.groups;
  if (!found?.["run"] || !found["index"]) return undefined;
  return { run: found["run"], attempt: Number(found["index"]) + 1 };
}

/** Names of pods have lower-case letters, digits and hyphens. */
const plain = (word: string): string => word.toLowerCase().replaceAll(/[^a-z0-9-]/g, "-");

function lettersOf(id: string): string {
  const letter = (digits: string) => String.fromCodePoint(97 + (Number.parseInt(digits, 16) % 26));
  return letter(id.slice(0, 2)) + letter(id.slice(2, 4));
}

function suffixOf(id: string, attempt: number): string {
  const start = (attempt * 5) % id.length;
  return (id + id).slice(start, start + 5);
}
