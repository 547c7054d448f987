const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long ago a moment was, in the largest unit that says it; after a month its date. */
export function ago(time: string, now: number): string {
  const passed = now - Date.parse(time);
  if (passed < 5 * second) return "just now";
  if (passed < minute) return `${Math.floor(passed / second)} s ago`;
  if (passed < hour) return `${Math.floor(passed / minute)} min ago`;
  if (passed < day) return `${Math.floor(passed / hour)} h ago`;
  if (passed < 31 * day)
    return passed < 2 * day ? "1 day ago" : `${Math.floor(passed / day)} days ago`;
  return new Date(Date.parse(time)).toISOString().slice(0, 10);
}

/** How long something took, in two units at most. */
export function lasted(milliseconds: number): string {
  const whole = Math.max(0, milliseconds);
  if (whole < 10 * second) return `${(whole / second).toFixed(1)} s`;
  if (whole < minute) return `${Math.round(whole / second)} s`;
  if (whole < hour)
    return `${Math.floor(whole / minute)} min ${Math.floor((whole % minute) / second)} s`;
  return `${Math.floor(whole / hour)} h ${Math.floor((whole % hour) / minute)} min`;
}

/** From one moment to another, or to now where the other has not come yet. */
export const between = (from: string, to: string | null | undefined, now: number): string =>
  lasted((to ? Date.parse(to) : now) - Date.parse(from));
