import { Client } from "@cassini/core/client";
import type { Recipe } from "./read.ts";

/** What became of one thing that a file describes. */
export interface Applied {
  readonly type: string;
  readonly name: string;
  readonly id: string;
  readonly action: string;
}

export interface Answered {
  readonly reply: unknown;
  readonly applied: readonly Applied[];
}

type Answer = Client.AnswerOf<"PUT /api/recipes">;

/** Makes one document so: a recipe by itself, or a set in the older layout. A failure names the document. */
export async function applyOne(api: Client.Api, { where, content }: Recipe): Promise<Answered> {
  try {
    if ("type" in content) {
      const reply = await api("PUT /api/recipes", content);
      return { reply, applied: [appliedOf(reply)] };
    }
    const reply = await api("POST /api/recipes/apply", content);
    return { reply, applied: [...reply.images, ...reply.resources].map(appliedOf) };
  } catch (error) {
    if (!(error instanceof Client.Refused) || error.kind === "busy") throw error;
    const { status, code, message } = error;
    throw new Client.Refused({ status, code, message: `${where}: ${message}` }, error);
  }
}

const appliedOf = ({ type, spec, state }: Answer): Applied => ({
  type,
  name: spec.name,
  id: state?.id ?? "",
  action: state?.action ?? "applied",
});
