import { describe, it } from "vitest";
import { survives } from "./chaos-scene.ts";

describe("killing server, table and agent at seeded moments, 200 runs in flight", () => {
  it("loses, doubles and leaves behind not one run", { timeout: 900_000 }, () => survives(200));
});
