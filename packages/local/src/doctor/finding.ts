import * as z from "zod";

/** One thing that jobs may need of the machine: whether it is there, what its absence means, and how to get it. */
export const Finding = z.object({
  name: z.string(),
  state: z.enum(["ok", "limited", "missing"]),
  /** Whether no job can run without it. */
  required: z.boolean(),
  found: z.string(),
  means: z.string().default(""),
  remedy: z.string().default(""),
});
export type Finding = z.infer<typeof Finding>;

export const Report = z.object({ ok: z.boolean(), findings: z.array(Finding) });
export type Report = z.infer<typeof Report>;

/** The findings as a report: well where nothing that is required is missing. */
export const reportOf = (findings: readonly Finding[]): Report => ({
  ok: findings.every(({ state, required }) => state !== "missing" || !required),
  findings: [...findings],
});

const signs: Readonly<Record<Finding["state"], string>> = {
  ok: "ok     ",
  limited: "limited",
  missing: "missing",
};

/** A report for a terminal. */
export function textOf({ ok, findings }: Report): string {
  const lines = findings.flatMap((finding) => [
    `${signs[finding.state]}  ${finding.name}: ${finding.found}`,
    ...[finding.means, finding.remedy]
      .filter((text) => text !== "")
      .map((text) => `           ${text}`),
  ]);
  return [
    ...lines,
    "",
    ok ? "Jobs can run here." : "Jobs cannot run here until what is missing is there.",
  ].join("\n");
}
