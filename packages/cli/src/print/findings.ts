import type { Client } from "@cassini/core/client";
import type { Paper } from "./paper.ts";

/** Findings, one to a line; under what is not well what follows from it, and how to mend it. */
export function findingsText(findings: readonly Client.Finding[], paper: Paper): string {
  const width = Math.max(...findings.map(({ name }) => name.length));
  const lines = findings.flatMap((finding) => [
    `${signOf(finding, paper)} ${finding.name.padEnd(width)}  ${finding.found}`,
    ...[finding.means, finding.remedy]
      .filter(Boolean)
      .map((text) => `${" ".repeat(width + 4)}${text}`),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

function signOf({ state, required }: Client.Finding, paper: Paper): string {
  if (state === "ok") return paper.tone("green", "✓");
  return required ? paper.tone("red", "✗") : paper.tone("yellow", "!");
}
