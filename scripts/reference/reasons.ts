import { Run } from "@cassini/core/run";
import { code, page, table } from "./markdown.ts";

/** Why a run may end other than well. */
export function reasonsPage(): string {
  const lead =
    "A run that ends other than well says why: a code of this closed list, its sentence, and the last lines of the step that failed.";
  const rows = Object.entries(Run.reasons).map(([name, sentence]) => [code(name), sentence]);
  return page("Reasons", lead, [table(["code", "sentence"], rows)]);
}
