export * as Client from "./client.ts";
