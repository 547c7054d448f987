import type { InstanceSize } from "./schema.ts";

type Row = readonly [
  name: string,
  display: string,
  cores: number,
  memoryGb: number,
  gpu?: number,
  gpuType?: string,
];

const rows: readonly Row[] = [
  ["micro", "Micro", 1, 1],
  ["small", "Small", 1, 2],
  ["medium", "Medium", 2, 4],
  ["large", "Large", 2, 16],
  ["xlarge", "XLarge", 4, 32],
  ["2xlarge", "2XLarge", 8, 64],
  ["4xlarge", "4XLarge", 16, 128],
  ["8xlarge", "8XLarge", 32, 256],
  ["12xlarge", "12XLarge", 48, 384],
  ["16xlarge", "16XLarge", 64, 512],
  ["g4dnxlarge", "T4-XLarge", 4, 16, 1, "T4"],
  ["g4dn4xlarge", "T4-4XLarge", 16, 64, 1, "T4"],
  ["g4dn8xlarge", "T4-8XLarge", 32, 128, 1, "T4"],
  ["p32xlarge", "V100-2XLarge", 8, 61, 1, "V100"],
  ["p38xlarge", "V100-8XLarge", 32, 244, 4, "V100"],
  ["p316xlarge", "V100-16XLarge", 64, 488, 8, "V100"],
];

/** The documented sizes, and two small ones for one machine. */
export const documented: readonly InstanceSize[] = rows.map(
  ([name, display_name, cores, memory_gb, gpu = 0, gpuType]) => ({
    name,
    display_name,
    cores,
    memory_gb,
    gpu,
    gpu_type: gpuType ?? null,
    hardware_type: gpu > 0 ? "NVIDIA" : "CPU",
    disabled_message: "",
  }),
);

/** The sizes as one machine has them: those larger than it are disabled, with the reason. */
export function fitting(machine: {
  cores: number;
  memoryGb: number;
  gpus: number;
}): readonly InstanceSize[] {
  return documented.map((size) => ({ ...size, disabled_message: tooLarge(size, machine) }));
}

function tooLarge(
  size: InstanceSize,
  machine: { cores: number; memoryGb: number; gpus: number },
): string {
  const lacks = [
    size.cores > machine.cores && `${size.cores} cores of this machine's ${machine.cores}`,
    size.memory_gb > machine.memoryGb && `${size.memory_gb} GB of its ${machine.memoryGb} GB`,
    size.gpu > machine.gpus && `${size.gpu} GPU of its ${machine.gpus}`,
  ].filter((lack) => lack !== false);
  return lacks.length === 0 ? "" : `It needs ${lacks.join(" and ")}.`;
}
