import type { World } from "../world.ts";
import type { AttemptName } from "./attempt.ts";

const text = ({ run, attempt }: AttemptName): string => `ticket\n${run}\n${attempt}`;

/** What the agent of an attempt shows to fetch its bundle and to report: derived from the attempt, kept nowhere. */
export const ticketOf = (world: Pick<World, "signer">, name: AttemptName): Promise<string> =>
  world.signer.sign(text(name));

/** Whether a ticket is this attempt's. */
export const ticketFits = (
  world: Pick<World, "signer">,
  name: AttemptName,
  ticket: string,
): Promise<boolean> => world.signer.verify(text(name), ticket);
