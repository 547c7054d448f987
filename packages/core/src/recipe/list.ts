import * as z from "zod";
import { Image } from "../image/index.ts";
import { command, CursorInvalid, PageInput } from "../kit/index.ts";
import { Job } from "../job/index.ts";
import { Owner } from "../owner/index.ts";
import type { Context } from "../world.ts";
import type { Recipe } from "./answer.ts";
import { showImage } from "./image.ts";
import { showJob } from "./job.ts";
import { foreignTypes, types, type RecipeType } from "./schema.ts";

const Wanted = PageInput.extend({
  owner: Owner.Reference.optional(),
  /** Without a type, those of `among`. */
  type: z.enum([...types, ...foreignTypes]).optional(),
  among: z.array(z.enum(types)).default([...types]),
  name: z.string().optional(),
  as_template: z.boolean().default(false),
});
type Wanted = z.infer<typeof Wanted>;

interface Listed {
  readonly items: readonly Recipe[];
  readonly next_key?: string | undefined;
}

/** An owner's jobs, then her images, as recipes; one list over both types, whose keys lead from the one to the other. */
export const list = command({
  input: Wanted,
  allow: "job.read",
  run: async (asked, ctx: Context): Promise<Listed> => {
    const wanted = sourcesOf(ctx, asked);
    const from = asked.next_key === undefined ? undefined : opened(asked.next_key, wanted);
    return collect(ctx, asked, wanted, from);
  },
});

/** Whoever may not see images is shown the list without them. */
function sourcesOf(ctx: Context, { type, among }: Wanted): readonly RecipeType[] {
  const wanted = type === undefined ? among : types.filter((known) => known === type);
  return wanted.filter((source) => source !== "image" || ctx.caller.may("image.read"));
}

interface From {
  readonly source: RecipeType;
  readonly key: string | undefined;
}

/** The key's own part is signed by the list that it leads into; an empty one is that list's beginning. */
function opened(key: string, wanted: readonly RecipeType[]): From {
  const dot = key.indexOf(".");
  const source = wanted.find((known) => known === key.slice(0, dot));
  if (source === undefined) throw CursorInvalid({});
  const inner = key.slice(dot + 1);
  return { source, key: inner === "" ? undefined : inner };
}

async function collect(
  ctx: Context,
  asked: Wanted,
  wanted: readonly RecipeType[],
  from: From | undefined,
): Promise<Listed> {
  const items: Recipe[] = [];
  for (const source of wanted.slice(from ? wanted.indexOf(from.source) : 0)) {
    if (items.length >= asked.page_size) return { items, next_key: `${source}.` };
    const next_key = source === from?.source ? from.key : undefined;
    const page = await pages[source](ctx, {
      ...asked,
      next_key,
      prev_key: undefined,
      page_size: asked.page_size - items.length,
    });
    items.push(...page.items);
    if (page.next_key !== undefined) return { items, next_key: `${source}.${page.next_key}` };
  }
  return { items };
}

const pages: Readonly<Record<RecipeType, (ctx: Context, asked: Wanted) => Promise<Listed>>> = {
  job: async (ctx, { type: _type, among: _among, as_template: asTemplate, ...page }) => {
    const { items, next_key } = await Job.list(ctx, page);
    return { items: items.map((detail) => showJob(detail, { asTemplate })), next_key };
  },
  image: async (ctx, { type: _type, among: _among, as_template: asTemplate, ...page }) => {
    const { items, next_key } = await Image.list(ctx, page);
    return {
      items: await Promise.all(items.map((detail) => showImage(ctx, detail, { asTemplate }))),
      next_key,
    };
  },
};
