import * as z from "zod";
import { Recipe as Recipes } from "../../recipe/index.ts";
import { flag } from "../query.ts";
import type { Asked } from "../route.ts";
import { OwnerQuery, ownerIn, PagedQuery } from "./page.ts";

export const RecipeList = z.strictObject({
  recipes: z.array(Recipes.Recipe),
  next_key: z.string().optional(),
  /** The same key under the name that saturn-client looks for. */
  next_last_key: z.string().optional(),
});

export const RecipeSet = z.strictObject({
  resources: z.array(Recipes.JobRecipe),
  images: z.array(Recipes.ImageRecipe),
  templates: z.array(z.never()),
});

const AnyType = z.enum([...Recipes.types, ...Recipes.foreignTypes]);

export const RecipeListQuery = PagedQuery.extend({
  ...OwnerQuery.shape,
  type: AnyType.optional(),
  name: z.string().optional(),
  as_template: flag.default(false),
  last_key: z.string().optional(),
});

/** saturn-client takes every recipe for one of something that runs: without being asked for, images are not shown to it. */
export const readRecipeListQuery = ({
  query,
  oldClient,
}: Asked<unknown, z.infer<typeof RecipeListQuery>>) => ({
  owner: ownerIn(query),
  type: query.type,
  among: oldClient ? ["job"] : undefined,
  name: query.name,
  as_template: query.as_template,
  next_key: query.next_key ?? query.last_key,
  page_size: query.page_size,
  descending: query.descending,
});

export const showRecipes = ({
  items,
  next_key,
}: {
  items: readonly Recipes.Recipe[];
  next_key?: string | undefined;
}): z.infer<typeof RecipeList> => ({
  recipes: [...items],
  ...(next_key !== undefined && { next_key, next_last_key: next_key }),
});

export const RecipeQuery = z.object({ ...OwnerQuery.shape, as_template: flag.default(false) });

export const readRecipeQuery = ({ path, query }: Asked<unknown, z.infer<typeof RecipeQuery>>) => ({
  ...path,
  owner: ownerIn(query),
  as_template: query.as_template,
});

export const RecipeForm = z.object({ enforce_unknown: flag.default(true) });

/** What a request may carry: read later and by its own rules, since what is not known in it is refused with advice. */
export const RecipeBody = z.record(z.string(), z.unknown());

export const readRecipe = ({ body, query }: Asked<unknown, z.infer<typeof RecipeForm>>) => ({
  document: body,
  enforce_unknown: query.enforce_unknown,
});

export const TemplateQuery = z.object({ as_template: flag.default(false) });
