export * as Recipe from "./recipe.ts";
