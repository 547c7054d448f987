import * as z from "zod";
import { failure } from "../kit/index.ts";

export const HardwareType = z.enum(["CPU", "NVIDIA", "AMD"]);
export type HardwareType = z.infer<typeof HardwareType>;

/** What a task gets: cores, memory, GPUs. */
export const InstanceSize = z.object({
  name: z.string(),
  display_name: z.string(),
  cores: z.number().positive(),
  memory_gb: z.number().positive(),
  gpu: z.int().nonnegative(),
  gpu_type: z.string().nullable(),
  hardware_type: HardwareType,
  /** Why nothing can be started at this size; empty where it can. */
  disabled_message: z.string(),
});
export type InstanceSize = z.infer<typeof InstanceSize>;

export const NotFound = failure<{ name: string; known: string }>(
  "unprocessable",
  "size.not_found",
  ({ name, known }) => `There is no size ${name}. Choose one of ${known}.`,
);
export const Disabled = failure<{ name: string; why: string }>(
  "conflict",
  "size.disabled",
  ({ name, why }) => `Nothing can start at size ${name} here: ${why}`,
);
