/** What kind of trouble a failure is. Status, exit code and retry follow from the kind, never from the code. */
export const kinds = [
  "invalid",
  "unauthenticated",
  "forbidden",
  "missing",
  "not_allowed",
  "conflict",
  "gone",
  "too_large",
  "unsupported",
  "unprocessable",
  "locked",
  "limited",
  "broken",
  "busy",
] as const;
export type Kind = (typeof kinds)[number];

/** A failure that a person can act on: one sentence, a permanent code, and its kind. */
export class Failure extends Error {
  readonly kind: Kind;
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(
    of: { kind: Kind; code: string; message: string; data: Readonly<Record<string, unknown>> },
    cause?: unknown,
  ) {
    super(of.message, cause === undefined ? undefined : { cause });
    this.name = "Failure";
    this.kind = of.kind;
    this.code = of.code;
    this.data = of.data;
  }
}

/** The declaration of one failure: calling it makes one, `is` recognises one by its code. */
export interface FailureOf<Data> {
  (data: Data, cause?: unknown): Failure;
  readonly kind: Kind;
  readonly code: string;
  is(error: unknown): boolean;
}

const declared = new Map<string, { kind: Kind; code: string; example: string }>();

/** Every failure declared so far, by code: the reference page and the API document are made from it. */
export const failures = (): readonly { kind: Kind; code: string; example: string }[] =>
  [...declared.values()].toSorted((a, b) => (a.code < b.code ? -1 : 1));

/** Declares a failure. A code is `noun.problem`, unique and permanent; the sentence says what is so, then the way out. */
export function failure<Data extends Record<string, unknown> = Record<never, never>>(
  kind: Kind,
  code: string,
  say: (data: Data) => string,
): FailureOf<Data> {
  if (declared.has(code)) throw new Error(`The failure ${code} is declared twice.`);
  declared.set(code, { kind, code, example: say(placeholders<Data>()) });
  const make = (data: Data, cause?: unknown) =>
    new Failure({ kind, code, message: say(data), data }, cause);
  return Object.assign(make, { kind, code, is: (error: unknown) => codeOf(error) === code });
}

/** The code of anything thrown, if it is a failure: recognised by shape, since bundles and queues duplicate classes. */
export function codeOf(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error) || !("kind" in error))
    return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** Whether something thrown is a failure rather than a bug. */
export const isFailure = (error: unknown): error is Failure =>
  codeOf(error) !== undefined && error instanceof Error;

/** Stands in for the data when the sentence is printed in the documents: each field shows as its own name. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- it is what the sentence expects to be given
function placeholders<Data>(): Data {
  const named = new Proxy({}, { get: (_, key) => (key === "length" ? 0 : `<${String(key)}>`) });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only ever read by the sentence's template
  return named as Data;
}

export const Broken = failure(
  "broken",
  "platform.broken",
  () => "Something on our side failed. The request id names it in the server's log.",
);
export const InputInvalid = failure<{ problems: string }>(
  "invalid",
  "input.invalid",
  ({ problems }) => `The request does not fit: ${problems}.`,
);
