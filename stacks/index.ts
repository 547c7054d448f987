import type { App } from "sst/constructs";
import { StoreStack } from "./store.ts";

/** Everything that is deployed. A stack depends only on those above it. */
export function register(app: App): void {
  app.stack(StoreStack, { id: "Store" });
}
