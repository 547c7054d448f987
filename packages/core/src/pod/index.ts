export * as Pod from "./pod.ts";
