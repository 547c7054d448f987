export * as Job from "./job.ts";
