import * as z from "zod";
import {
  canonical,
  command,
  Id,
  paged,
  PageInput,
  pageOf,
  parse,
  put,
  remove,
  timeOf,
  type Paged,
} from "../kit/index.ts";
import { Image } from "../image/index.ts";
import { Launch } from "../launch/index.ts";
import { Owner } from "../owner/index.ts";
import { Size } from "../size/index.ts";
import type { Context } from "../world.ts";
import { detail, find, type Detail } from "./find.ts";
import { Active, Info, jobs, NotFound, Spec, TooLarge, uniqueName } from "./schema.ts";
import { stopAll } from "./start.ts";

export * from "./command-text.ts";
export * from "./find.ts";
export * from "./schema.ts";
export * from "./start.ts";
export * from "./stop-run.ts";

const Wanted = Spec.extend({ owner: Owner.Reference.optional(), image: Image.Reference });

const Changed = Spec.extend({ image: Image.Reference });

/** Makes a job. Everything it names is checked now: size, image, hardware, repositories, packages. */
export const create = command({
  input: Wanted,
  allow: "job.write",
  run: async ({ owner, ...wanted }, ctx: Context): Promise<Detail> => {
    const holder = await Owner.resolve(ctx, owner);
    const now = timeOf(ctx.clock.now());
    const checked = await check(ctx, holder, wanted);
    const job: Info = {
      ...checked,
      id: ctx.ids.id(),
      owner_id: holder.id,
      created_at: now,
      updated_at: now,
    };
    await ctx.store.commit([put(jobs, job)], [], ctx.caller.actor);
    return detail(ctx, job);
  },
});

/** Changes what the request names, and leaves the rest. Runs that have started are not touched. */
export const update = command({
  input: z.object({ id: Id, changes: z.record(z.string(), z.unknown()) }),
  allow: "job.write",
  run: async ({ id, changes }, ctx: Context): Promise<Detail> => {
    const job = await find(ctx, id);
    const holder = await Owner.resolve(ctx, { id: job.owner_id });
    const wanted = parse(Changed, { ...job, ...changes });
    const checked = await check(
      ctx,
      holder,
      "image" in changes ? wanted : { ...wanted, image: job.image },
    );
    const next: Info = { ...job, ...checked, updated_at: timeOf(ctx.clock.now()) };
    await ctx.store.commit([put(jobs, next, job)], [], ctx.caller.actor);
    return detail(ctx, next);
  },
});

/** Makes the job, or makes the one of that name say exactly this. */
export const apply = command({
  input: Wanted,
  allow: "job.write",
  run: async (
    wanted,
    ctx: Context,
  ): Promise<Detail & { action: "created" | "updated" | "unchanged" }> => {
    const holder = await Owner.resolve(ctx, wanted.owner);
    const existing = await ctx.store.byName(
      jobs,
      uniqueName({ owner_id: holder.id, name: wanted.name }),
    );
    if (!existing) return { ...(await create(ctx, wanted)), action: "created" };
    const { owner: _, ...spec } = wanted;
    const checked = await check(ctx, holder, spec);
    const { id, owner_id, created_at, updated_at } = existing;
    const next: Info = { ...checked, id, owner_id, created_at, updated_at };
    if (same(next, existing)) return { ...(await detail(ctx, existing)), action: "unchanged" };
    const changed = { ...next, updated_at: timeOf(ctx.clock.now()) };
    await ctx.store.commit([put(jobs, changed, existing)], [], ctx.caller.actor);
    return { ...(await detail(ctx, changed)), action: "updated" };
  },
});

export const get = command({
  input: z.object({ id: Id }),
  allow: "job.read",
  run: async ({ id }, ctx: Context): Promise<Detail> => detail(ctx, await find(ctx, id)),
});

/** The owner's job of exactly that name. */
export const named = command({
  input: z.object({ owner: Owner.Reference.optional(), name: z.string() }),
  allow: "job.read",
  run: async ({ owner, name }, ctx: Context): Promise<Detail> => {
    const holder = await Owner.resolve(ctx, owner);
    const job = await ctx.store.byName(jobs, uniqueName({ owner_id: holder.id, name }));
    if (!job) throw NotFound({ name });
    return detail(ctx, job);
  },
});

/** An owner's jobs in order of their names, those that begin with `name`. */
export const list = command({
  input: PageInput.extend({ owner: Owner.Reference.optional(), name: z.string().optional() }),
  allow: "job.read",
  run: async ({ owner, name, ...asked }, ctx: Context): Promise<Paged<Detail>> => {
    const holder = await Owner.resolve(ctx, owner);
    const partition = `${holder.id}#resource`;
    const page = { ...(await pageOf(ctx.signer, partition, asked)), prefix: name };
    const listed = await ctx.store.list(jobs, "byOwner", partition, page);
    const items = await Promise.all(listed.items.map((job) => detail(ctx, job)));
    return paged(ctx.signer, partition, { ...listed, items });
  },
});

/** Removes a job. One with active runs only if that is said; they are asked to stop first. */
export const destroy = command({
  input: z.object({ id: Id, allow_active: z.boolean().default(false) }),
  allow: "job.write",
  run: async ({ id, allow_active }, ctx: Context): Promise<void> => {
    const job = await find(ctx, id);
    const { activity } = await detail(ctx, job);
    const active = ["pending", "running", "stopping"].includes(activity.status);
    if (active && !allow_active) throw Active({ name: job.name });
    if (active) await stopAll(ctx, job);
    await ctx.store.commit([remove(jobs, job)], [], ctx.caller.actor);
  },
});

type Checked = Omit<Info, "id" | "owner_id" | "created_at" | "updated_at">;

const largestKilobytes = 256;

async function check(
  ctx: Context,
  holder: Owner.Info,
  wanted: Spec & { image: Image.Wanted },
): Promise<Checked> {
  const size = Size.named(ctx, wanted.instance_type);
  const image = await Image.choose(ctx, holder, { image: wanted.image, size });
  Launch.check(wanted, ctx.platform);
  const kilobytes = Math.ceil(new TextEncoder().encode(JSON.stringify(wanted)).length / 1024);
  if (kilobytes > largestKilobytes) throw TooLarge({ kilobytes });
  return { ...Spec.parse(wanted), image };
}

/** Whether two records say the same, whatever order their fields are in. */
const same = (one: Info, other: Info): boolean =>
  canonical(Info.parse(one)) === canonical(Info.parse(other));
