import { Recipe } from "../../recipe/index.ts";
import { route } from "../route.ts";
import * as view from "../view/recipe.ts";

const given = {
  query: view.RecipeForm,
  body: view.RecipeBody,
  read: view.readRecipe,
  status: 201,
} as const;

export const list = route({
  summary: "An owner's jobs and images as recipes",
  command: Recipe.list,
  query: view.RecipeListQuery,
  answer: view.RecipeList,
  read: view.readRecipeListQuery,
  show: view.showRecipes,
});

export const get = route({
  summary: "A job or an image as a recipe",
  command: Recipe.get,
  query: view.RecipeQuery,
  answer: Recipe.Recipe,
  read: view.readRecipeQuery,
  show: (recipe) => recipe,
});

export const create = route({
  summary: "Make what a recipe describes",
  command: Recipe.create,
  ...given,
  bodyShape: Recipe.Document,
  answer: Recipe.Recipe,
  show: (recipe) => recipe,
});

export const apply = route({
  summary: "Make what a recipe describes be there, exactly so",
  command: Recipe.apply,
  ...given,
  bodyShape: Recipe.Document,
  answer: Recipe.Recipe,
  show: (recipe) => recipe,
});

export const applySet = route({
  summary: "Apply a set of recipes, or one of any layout",
  command: Recipe.applySet,
  ...given,
  answer: view.RecipeSet,
  show: ({ resources, images }) => ({
    resources: [...resources],
    images: [...images],
    templates: [],
  }),
});

export const ofJob = route({
  summary: "A job as a recipe",
  command: Recipe.ofJob,
  query: view.TemplateQuery,
  answer: Recipe.JobRecipe,
  show: (recipe) => recipe,
});
