import type { Client } from "@cassini/core/client";
import type { Asked, Outcome } from "../command.ts";
import { follow } from "./follow.ts";
import { screenOf } from "./screen.ts";

type Started = Client.AnswerOf<"POST /api/jobs/{id}/start">;

/** Tells of a run that has just been started, or follows it. */
export async function begin(
  asked: Pick<Asked, "io" | "api" | "aside" | "format">,
  started: Started,
  follows: boolean,
): Promise<Outcome> {
  const run = await asked.api("GET /api/runs/{id}", { id: started.run_id });
  if (!follows)
    return { reply: started, text: `Started ${run.name}. Watch it: cassini logs ${run.name} -f\n` };
  await screenOf(asked).say(`Started ${run.name}. Ctrl-C leaves it going.`);
  return follow(asked, run);
}
