import type { Client } from "@cassini/core/client";
import type { Asked, Outcome } from "../command.ts";
import { table } from "../print/table.ts";

type Size = Client.AnswerOf<"GET /api/info/servers">["sizes"][string];

/** The sizes that a job can name, with the reason where nothing can start at one. */
export async function listSizes({ api, paper }: Pick<Asked, "api" | "paper">): Promise<Outcome> {
  const { sizes } = await api("GET /api/info/servers", {});
  const text = table<Size>(
    [
      {
        title: "SIZE",
        of: ({ name }) => name,
        whole: true,
        tone: ({ disabled }) => (disabled ? "dim" : undefined),
      },
      { title: "CORES", of: ({ cores }) => cores, right: true },
      { title: "MEMORY", of: ({ memory }) => memory.replace("Gi", " GB"), right: true },
      { title: "GPU", of: ({ gpu, gpu_type }) => (gpu === 0 ? "" : `${gpu} ${gpu_type}`) },
      {
        title: "USABLE",
        of: ({ disabled, disabled_message }) => (disabled ? disabled_message : "yes"),
      },
    ],
    Object.values(sizes),
    paper,
  );
  return { reply: { sizes }, text };
}
