export * from "./command.ts";
export * from "./entity.ts";
export * from "./event.ts";
export * from "./failure.ts";
export * from "./machine.ts";
export * from "./page.ts";
export * from "./store.ts";
export * from "./value.ts";
