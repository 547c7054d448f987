import { readdir } from "node:fs/promises";
import { availableParallelism, totalmem } from "node:os";
import type { Platform } from "@cassini/core/platform";
import { Size } from "@cassini/core/size";

/** What this machine has for tasks: whole cores, whole GB, GPUs. */
export interface Machine {
  readonly cores: number;
  readonly memoryGb: number;
  readonly gpus: number;
}

const gb = 1024 ** 3;

/** The machine as this process may use it: limits of its control group count. */
export async function machineHere(): Promise<Machine> {
  const limit = process.constrainedMemory();
  const bytes = limit > 0 ? Math.min(totalmem(), limit) : totalmem();
  // A machine sold with 16 GB reports a little less, since the kernel keeps some for itself.
  return {
    cores: availableParallelism(),
    memoryGb: Math.max(1, Math.round(bytes / gb)),
    gpus: await gpus(),
  };
}

/** The driver lists its cards here; asking `nvidia-smi` would take a second. */
async function gpus(): Promise<number> {
  const cards = await readdir("/proc/driver/nvidia/gpus").catch(() => []);
  return cards.length;
}

interface Settled {
  readonly version: string;
  readonly baseUrl: string;
  readonly allowFileRepositories: boolean;
}

/** What the server knows of itself and of its machine. */
export const platformOf = (settled: Settled, machine: Machine): Platform => ({
  ...settled,
  cloud: "local",
  sizes: Size.fitting(machine),
});
