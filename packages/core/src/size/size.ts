import type { World } from "../world.ts";
import { Disabled, NotFound, type InstanceSize } from "./schema.ts";

export * from "./list.ts";
export * from "./schema.ts";
export { documented, fitting } from "./sizes.ts";

/** The size of that name; fails with `size.not_found`. */
export function named(world: Pick<World, "platform">, name: string): InstanceSize {
  const { sizes } = world.platform;
  const found = sizes.find((size) => size.name === name);
  if (!found) throw NotFound({ name, known: sizes.map((size) => size.name).join(", ") });
  return found;
}

/** The size of that name, if something can be started at it; fails with `size.disabled`. */
export function startable(world: Pick<World, "platform">, name: string): InstanceSize {
  const size = named(world, name);
  if (size.disabled_message !== "") throw Disabled({ name, why: size.disabled_message });
  return size;
}

/** One line that names a size to a person. */
export const display = (size: InstanceSize): string =>
  `${size.display_name} - ${size.cores} cores - ${size.memory_gb} GB RAM${size.gpu > 0 ? ` - ${size.gpu} ${size.gpu_type}` : ""}`;
