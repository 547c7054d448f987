import * as z from "zod";
import { Id, put, remove, type Change } from "../kit/index.ts";
import { Launch } from "../launch/index.ts";
import { Bundle, StepName } from "../launch/schema.ts";
import { Log } from "../log/index.ts";
import { Owner } from "../owner/index.ts";
import { Run } from "../run/index.ts";
import { Token } from "../token/index.ts";
import type { Context } from "../world.ts";
import { command } from "../kit/index.ts";
import { Report, TaskOver, TicketInvalid, type Wish } from "./schema.ts";

export * from "./schema.ts";

const Ticketed = z.object({
  run: Id,
  attempt: z.coerce.number().int().positive(),
  ticket: z.string(),
});

/**
 * What the agent of an attempt needs to make its task ready. The task's token is made in this exchange: only its hash
 * is kept, and asking again ends the one before. Open until the task's own steps have begun.
 */
export const bundle = command({
  input: Ticketed,
  allow: "anyone",
  run: async (input, ctx: Context): Promise<Bundle> => {
    const { run, attempt } = await open(ctx, input);
    const owner = await ctx.store.get(Owner.owners, run.owner_id);
    if (!owner || hasBegun(attempt)) throw TaskOver({});
    const token = await Token.mint(ctx, {
      owner_id: run.owner_id,
      description: `task of run ${run.name}`,
      resource_id: run.job_id,
    });
    const changes = [
      ...(await former(ctx, attempt)),
      token.change,
      put(Run.attempts, { ...attempt, token_hash: token.hash }, attempt),
    ];
    await ctx.store.commit(changes, [], Run.platformActor);
    return Launch.bundleOf(await Run.planOf(ctx, run), {
      run: run.id,
      attempt: attempt.number,
      runName: run.name,
      token: token.text,
      baseUrl: ctx.platform.baseUrl,
      orgName: owner.org_name,
      username: owner.identity_name,
    });
  },
});

/** Takes what an agent knows of its task. Written down first; an end then lets the execution go on. Safe to repeat. */
export const report = command({
  input: Ticketed.extend({ report: Report }),
  allow: "anyone",
  run: async (input, ctx: Context): Promise<Wish> => {
    const now = await open(ctx, input);
    const attempt = attemptAfter(now.attempt, input.report);
    await ctx.store.commit(changesOf(now, attempt), [], Run.platformActor);
    if (attempt.ended) await Run.resume(ctx, attempt);
    else ctx.signals.changed(Run.topicOf(input.run));
    return { stop: now.run.stop_requested_at !== undefined };
  },
});

/** Keeps a piece of a step's log. The same piece again, or a longer one from the same place, replaces it. */
export const chunk = command({
  input: Ticketed.extend({
    step: StepName,
    offset: z.coerce.number().int().nonnegative(),
    bytes: z.instanceof(Uint8Array),
  }),
  allow: "anyone",
  run: async ({ step, offset, bytes, ...input }, ctx: Context): Promise<void> => {
    await open(ctx, input);
    await Log.keep(ctx, { run: input.run, attempt: input.attempt, step, offset }, bytes);
    ctx.signals.changed(Run.topicOf(input.run));
  },
});

async function open(ctx: Context, input: z.infer<typeof Ticketed>): Promise<Run.Reading> {
  if (!(await Run.ticketFits(ctx, input, input.ticket))) throw TicketInvalid({});
  const now = await Run.reading(ctx, input);
  if (now.attempt.state !== "launched") throw TaskOver({});
  return now;
}

/** Once the task's own steps run, its bundle has done its work. */
const hasBegun = (attempt: Run.Attempt): boolean =>
  attempt.steps.some(({ name }) => name !== "environment" && name !== "repositories");

async function former(ctx: Context, { token_hash }: Run.Attempt): Promise<Change[]> {
  const token = token_hash && (await ctx.store.get(Token.tokens, token_hash));
  return token ? [remove(Token.tokens, token)] : [];
}

/** The attempt with an agent's news in it. */
function attemptAfter(attempt: Run.Attempt, { steps, commits, lines, ended }: Report): Run.Attempt {
  return {
    ...attempt,
    steps: Run.mergeSteps(attempt.steps, steps),
    commits: commits.length > 0 ? commits : attempt.commits,
    lines: lines.length > 0 ? lines : attempt.lines,
    ...(ended && { ended, state: Run.attemptMachine.next(attempt.state, "end") }),
  };
}

/** A run begins with the first news of its task; one that ends with them is brought to its end by the next step. */
function changesOf({ run, attempt }: Run.Reading, next: Run.Attempt): Change[] {
  const begins = run.state === "pending" && !next.ended;
  const begun = { ...run, state: "running" as const, started_at: Run.startedAt(next) };
  return [put(Run.attempts, next, attempt), ...(begins ? [put(Run.runs, begun, run)] : [])];
}
