import * as z from "zod";
import { command } from "../kit/index.ts";
import type { Context } from "../world.ts";
import type { InstanceSize } from "./schema.ts";

/** Every size of this installation, also those at which nothing can start. */
export const list = command({
  input: z.object({}),
  allow: "size.read",
  run: async (_, ctx: Context): Promise<readonly InstanceSize[]> => ctx.platform.sizes,
});

/** The size that a form proposes for a kind of hardware: medium, or else the smallest at which something can start. */
export function proposed(
  sizes: readonly InstanceSize[],
  hardware: InstanceSize["hardware_type"],
): InstanceSize | undefined {
  const possible = sizes.filter(
    (size) => size.hardware_type === hardware && size.disabled_message === "",
  );
  return possible.find(({ name }) => name === "medium") ?? possible[0];
}
