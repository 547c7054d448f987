import { randomBytes, randomUUID } from "node:crypto";
import type { Ids } from "@cassini/core/world";

/** Ids and secrets from the machine's own randomness. */
export const ids: Ids = {
  id: () => randomUUID().replaceAll("-", ""),
  secret: () => randomBytes(32).toString("base64url"),
};
