export { manualClock, type ManualClock } from "../clock.ts";
export * from "./sample.ts";
export * from "./spec.ts";
