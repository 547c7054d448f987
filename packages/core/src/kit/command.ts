import type * as z from "zod";
import { complaint } from "./complaint.ts";
import { failure, InputInvalid } from "./failure.ts";
import { Stale } from "./store.ts";

/** What a caller needs to be allowed to, `noun.read` or `noun.write`; "anyone" needs no sign-in at all. */
export type Permission = `${string}.read` | `${string}.write` | "anyone";

export const AccessDenied = failure<{ permission: string }>(
  "forbidden",
  "access.denied",
  ({ permission }) =>
    `Your token may not do this: it lacks ${permission}. Use a token with a wider scope.`,
);

/** The little that a command needs to know of its surroundings to decide whether it may run. */
export interface Asked {
  readonly caller: { readonly may: (permission: Permission) => boolean };
}

/** A use case: who may, what goes in, what happens. Nothing else enters the domain. */
export interface Command<Ctx extends Asked, In, Out> {
  (ctx: Ctx, input: In): Promise<Out>;
  /** The same for input that nobody has checked yet; fails with `input.invalid`. */
  from(ctx: Ctx, input: unknown): Promise<Out>;
  readonly input: z.ZodType<In>;
  readonly allow: Permission;
}

/** How often a command reads again after somebody else was faster. */
const staleRetries = 8;

/** Makes a use case. A stale commit is retried from the reading; the permission is checked before anything is read. */
export function command<Ctx extends Asked, In, Out>(of: {
  input: z.ZodType<In>;
  allow: Permission;
  run: (input: In, ctx: Ctx) => Promise<Out>;
}): Command<Ctx, In, Out> {
  const call = async (ctx: Ctx, input: In): Promise<Out> => {
    if (!ctx.caller.may(of.allow)) throw AccessDenied({ permission: of.allow });
    return retried(() => of.run(input, ctx), staleRetries);
  };
  const from = async (ctx: Ctx, input: unknown) => call(ctx, parse(of.input, input));
  return Object.assign(call, { from, input: of.input, allow: of.allow });
}

/** Runs `attempt` again while it fails because its reading was stale, at most `times` more. */
export async function retried<Out>(attempt: () => Promise<Out>, times: number): Promise<Out> {
  try {
    return await attempt();
  } catch (error) {
    if (times === 0 || !Stale.is(error)) throw error;
    return retried(attempt, times - 1);
  }
}

/** Parses, and says in one sentence what does not fit. */
export function parse<T>(schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input, { error: complaint });
  if (parsed.success) return parsed.data;
  throw InputInvalid({ problems: problemsOf(parsed.error) });
}

/** The first five problems of a schema's complaint, each with the place it is about. */
export function problemsOf(error: z.ZodError): string {
  const told = error.issues.slice(0, 5).map((issue) => {
    const place = issue.path.map(String).join(".");
    const what = issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
    return place === "" ? what : `${place}: ${what}`;
  });
  const rest = error.issues.length - told.length;
  return rest > 0 ? `${told.join("; ")}; and ${rest} more` : told.join("; ");
}
