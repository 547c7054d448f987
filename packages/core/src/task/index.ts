export * as Task from "./task.ts";
