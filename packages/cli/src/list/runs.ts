import type { Client } from "@cassini/core/client";
import type { Asked, Outcome } from "../command.ts";
import { FlagUnfit } from "../failure.ts";
import { jobNamed, type Run } from "../log/run.ts";
import { toneOf } from "../print/paper.ts";
import { table } from "../print/table.ts";
import { between } from "../print/time.ts";

interface Wanted {
  readonly job?: string | undefined;
  readonly owner?: string | undefined;
  readonly limit?: string | undefined;
}

/** Runs, newest first: of one job, or of all that an owner has. */
export async function listRuns(
  asked: Pick<Asked, "api" | "paper" | "io">,
  { job, owner, limit = "20" }: Wanted,
): Promise<Outcome> {
  const { api } = asked;
  const page_size = Number(limit);
  if (!(page_size >= 1 && page_size <= 1000))
    throw FlagUnfit({ flag: "--limit", value: limit, known: "1 to 1000" });
  const job_id = job === undefined ? undefined : await jobNamed(api, job, owner);
  const reply = await api("GET /api/runs", { job_id, owner_name: owner, page_size });
  if (reply.runs.length === 0)
    return { reply, text: `No runs yet. Start one: cassini start ${job ?? "NAME"} --follow\n` };
  return { reply, text: shown(asked, reply) };
}

function shown(
  { paper, io }: Pick<Asked, "paper" | "io">,
  { runs, next_key }: Client.AnswerOf<"GET /api/runs">,
): string {
  const text = table<Run>(
    [
      { title: "RUN", of: ({ name }) => name, whole: true },
      { title: "STATUS", of: ({ status }) => status, tone: ({ status }) => toneOf(status) },
      { title: "CREATED", of: ({ created_at }) => paper.time(created_at), whole: true },
      { title: "TOOK", of: (run) => tookOf(run, io.now()), right: true },
      { title: "EXIT", of: ({ exit_code }) => exit_code, right: true },
      {
        title: "REASON",
        of: ({ reason, status }) => (status === "completed" ? "" : (reason?.sentence ?? "")),
      },
    ],
    runs,
    paper,
  );
  return next_key === undefined
    ? text
    : `${text}${paper.tone("dim", `There are more: --limit ${Math.min(1000, runs.length * 5)}`)}\n`;
}

const tookOf = ({ started_at, ended_at }: Run, now: number): string =>
  started_at === null ? "-" : between(started_at, ended_at, now);
