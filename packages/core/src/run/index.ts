export * as Run from "./run.ts";
