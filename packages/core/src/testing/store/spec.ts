import { describe } from "vitest";
import { staleSpec, wholeSpec } from "./commit.ts";
import { eventSpec, sizeSpec } from "./event.ts";
import { expirySpec, freedSpec } from "./expiry.ts";
import { orderSpec, pageSpec } from "./list.ts";
import { modelSpec } from "./model.ts";
import { membershipSpec, movingSpec } from "./moving.ts";
import { nameSpec, releaseSpec, renameSpec } from "./names.ts";
import { raceSpec } from "./race.ts";
import { readSpec, shapeSpec } from "./read.ts";
import type { BuildStore } from "./sample.ts";

const parts = [
  readSpec,
  shapeSpec,
  staleSpec,
  wholeSpec,
  sizeSpec,
  eventSpec,
  nameSpec,
  renameSpec,
  releaseSpec,
  orderSpec,
  pageSpec,
  movingSpec,
  membershipSpec,
  expirySpec,
  freedSpec,
  raceSpec,
];

/** Every promise of the Store port, as a case. `runs` is how many random histories are tried. */
export function describeStore(name: string, build: BuildStore, { runs = 50 } = {}): void {
  describe(`the store: ${name}`, { timeout: 60_000 }, () => {
    for (const part of parts) part(build);
    modelSpec(build, runs);
  });
}
