export * as Launch from "./launch.ts";
