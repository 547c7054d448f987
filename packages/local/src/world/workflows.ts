import { steps, workflows } from "@cassini/core/app";
import type { World } from "@cassini/core/world";
import { workflowEngine, type Engine } from "../engine/workflows.ts";
import type { Log } from "../log.ts";

/** The domain's state machine, played in this process. */
export const workflowsHere = (world: () => World, log: Log): Engine =>
  workflowEngine({ definition: workflows.run, steps, world, log });
