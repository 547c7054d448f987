import * as z from "zod";

/** An id: 32 lowercase hex characters. */
export const Id = z.string().regex(/^[0-9a-f]{32}$/, "must be an id of 32 hex characters");

/** A moment as text: ISO 8601 in UTC with milliseconds. */
export const Time = z.iso.datetime();

/** A moment in the form that the vendor's clients expect: whole seconds, `+00:00`. */
export const wireTime = (time: string): string => `${time.slice(0, 19)}+00:00`;

/** A moment as ISO text. */
export const timeOf = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** SHA-256 of a text, as lowercase hex. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The same value always gives the same text: keys sorted, undefined left out. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) => {
    if (typeof inner !== "object" || inner === null || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** Leaves out what is undefined, so that "not said" and "said to be nothing" stay apart. */
export function compact<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the filter removes exactly the undefined ones
  return Object.fromEntries(
    Object.entries(value).filter(([, inner]) => inner !== undefined),
  ) as never;
}
