import * as z from "zod";
import type { Platform } from "../../platform.ts";
import { Size as Sizes } from "../../size/index.ts";

export const Size = z.strictObject({
  name: z.string(),
  cores: z.int(),
  memory: z.string(),
  gpu: z.int(),
  gpu_type: z.string().nullable(),
  hardware_type: Sizes.HardwareType,
  cloud: z.string(),
  display: z.string(),
  display_name: z.string(),
  price_per_hour: z.number().nullable(),
  description: z.string(),
  disabled: z.boolean(),
  disabled_message: z.string(),
});

export const showSize = (size: Sizes.InstanceSize, { cloud }: Platform): z.infer<typeof Size> => ({
  name: size.name,
  cores: Math.ceil(size.cores),
  memory: `${size.memory_gb}Gi`,
  gpu: size.gpu,
  gpu_type: size.gpu_type,
  hardware_type: size.hardware_type,
  cloud,
  display: Sizes.display(size),
  display_name: size.display_name,
  price_per_hour: null,
  description: "",
  disabled: size.disabled_message !== "",
  disabled_message: size.disabled_message,
});

const diskSpaces = ["10Gi", "50Gi", "100Gi", "250Gi", "500Gi", "1000Gi"] as const;
const autoShutoffs = ["1 hour", "6 hours", "24 hours", "3 days", "7 days", "Never"] as const;

const options = { auto_shutoff: z.array(z.string()), sizes: z.record(z.string(), Size) };

export const ServerOptions = z.strictObject({
  ...options,
  disk_space: z.array(z.strictObject({ value: z.string(), display_str: z.string() })),
});
/** saturn-client matches disk spaces as texts. */
export const OldServerOptions = z.strictObject({ ...options, disk_space: z.array(z.string()) });

export const showServerOptions = (
  sizes: readonly Sizes.InstanceSize[],
  platform: Platform,
): z.infer<typeof ServerOptions> => ({
  ...shared(sizes, platform),
  disk_space: diskSpaces.map((value) => ({ value, display_str: value })),
});

export const showOldServerOptions = (
  sizes: readonly Sizes.InstanceSize[],
  platform: Platform,
): z.infer<typeof OldServerOptions> => ({
  ...shared(sizes, platform),
  disk_space: [...diskSpaces],
});

const shared = (sizes: readonly Sizes.InstanceSize[], platform: Platform) => ({
  auto_shutoff: [...autoShutoffs],
  sizes: Object.fromEntries(sizes.map((size) => [size.name, showSize(size, platform)])),
});
