import type { App } from "sst/constructs";
import { StoreStack } from "./store.ts";

/** What is deployed, and where to; `--region` wins. */
export const place = { name: "cassini", region: process.env["AWS_REGION"] ?? "us-east-1" };

/** Everything that is deployed. A stack depends only on those above it. */
export function register(app: App): void {
  app.stack(StoreStack, { id: "Store" });
}
