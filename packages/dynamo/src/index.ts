export { connect, type Connection } from "./connect.ts";
export { createTable } from "./create-table.ts";
export type { Engine, OnWrite } from "./engine.ts";
export { outboxOf, outboxShards, type Outbox } from "./outbox.ts";
export { dynamoStore, engineOf } from "./store.ts";
export { sweepExpired } from "./sweep.ts";
