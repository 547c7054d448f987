import * as z from "zod";
import { command, Id } from "../kit/index.ts";
import { Run } from "../run/index.ts";
import type { Context } from "../world.ts";
import { detail, find, type Detail } from "./find.ts";

/** How many of a job's runs are looked through for a name. */
const lookedThrough = 500;

/** Asks one run of the job to stop, by its name or its id. One that has ended stays as it is. */
export const stopRun = command({
  input: z.object({ id: Id, run_name: z.string() }),
  allow: "job.write",
  run: async ({ id, run_name }, ctx: Context): Promise<Detail> => {
    const job = await find(ctx, id);
    const page = { size: lookedThrough, descending: true };
    const { items } = await ctx.store.list(Run.runs, "byParent", `${id}#run`, page);
    const run = items.find((known) => known.name === run_name || known.id === run_name);
    if (!run) throw Run.NotFound({ id: run_name });
    await Run.stop(ctx, { id: run.id });
    return detail(ctx, job);
  },
});
