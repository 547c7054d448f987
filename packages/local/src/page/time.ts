import type { Run } from "@cassini/core/run";

/** How long a run has taken so far; empty where it has not begun. */
export function took(
  { started_at, ended_at }: Pick<Run.Info, "started_at" | "ended_at">,
  now: number,
): string {
  if (started_at === undefined) return "";
  const end = ended_at === undefined ? now : Date.parse(ended_at);
  return span((end - Date.parse(started_at)) / 1000);
}

export const ago = (milliseconds: number): string =>
  milliseconds < 60_000 ? "just now" : `${span(milliseconds / 1000)} ago`;

const units = [
  { from: 48 * 3600, seconds: 86_400, name: "days" },
  { from: 3600, seconds: 3600, name: "h" },
  { from: 60, seconds: 60, name: "min" },
  { from: 10, seconds: 1, name: "s" },
] as const;

/** A time in its largest fitting unit, rounded down. */
export function span(seconds: number): string {
  const unit = units.find(({ from }) => seconds >= from);
  return unit
    ? `${Math.floor(seconds / unit.seconds)} ${unit.name}`
    : `${Math.max(0, seconds).toFixed(1)} s`;
}
