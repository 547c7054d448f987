import { signerOf } from "./signer.ts";
import { clock } from "./clock.ts";
import { ids } from "./ids.ts";
import { objectsIn } from "./objects.ts";
import { signalsHere } from "./signals.ts";
import type { LocalStore } from "./store.ts";
import { workflowsHere } from "./workflows.ts";
import type { Platform } from "@cassini/core/platform";
import type { World } from "@cassini/core/world";
import type { Engine } from "../engine/workflows.ts";
import type { Home } from "../home.ts";
import type { Log } from "../log.ts";

interface Wanted {
  readonly home: Home;
  readonly log: Log;
  readonly platform: Platform;
  readonly compute: World["compute"];
  readonly store: LocalStore;
  /** The installation's secret key. */
  readonly key: Uint8Array;
}

/** A World on this machine, with what its runtime alone has to do with. */
export interface LocalWorld {
  readonly world: World;
  readonly workflows: Engine;
  readonly store: LocalStore;
}

/** Builds the World of this machine. */
export function worldOf({ home, log, platform, compute, store, key }: Wanted): LocalWorld {
  const workflows = workflowsHere(() => world, log);
  const world: World = {
    store: store.store,
    objects: objectsIn(home.objects),
    clock,
    ids,
    signer: signerOf(key),
    signals: signalsHere(),
    compute,
    workflows,
    platform,
  };
  return { world, workflows, store };
}
