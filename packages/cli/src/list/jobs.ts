import type { Client } from "@cassini/core/client";
import type { Asked, Outcome } from "../command.ts";
import { toneOf } from "../print/paper.ts";
import { table } from "../print/table.ts";
import { allPages } from "./all.ts";

type Job = Client.AnswerOf<"GET /api/jobs">["jobs"][number];

/** An owner's jobs by name, with what they are doing. */
export async function listJobs(
  { api, paper }: Pick<Asked, "api" | "paper">,
  { owner }: { owner?: string | undefined },
): Promise<Outcome> {
  const pages = await allPages((next_key) =>
    api("GET /api/jobs", { owner_name: owner, page_size: 1000, next_key }),
  );
  const jobs = pages.flatMap((page) => page.jobs);
  if (jobs.length === 0)
    return {
      reply: { jobs },
      text: "No jobs yet. Make one: cassini apply -f job.yaml (`cassini help apply` shows such a file).\n",
    };
  const text = table<Job>(
    [
      { title: "NAME", of: ({ name }) => name, whole: true },
      { title: "STATUS", of: statusOf, tone: ({ status }) => toneOf(status) },
      { title: "SIZE", of: ({ instance_size }) => instance_size },
      { title: "IMAGE", of: ({ image_tag }) => imageOf(image_tag) },
      {
        title: "LAST START",
        of: (job) => paper.time(hasRun(job) ? job.last_deploy : undefined),
        whole: true,
      },
      { title: "COMMAND", of: ({ command }) => command },
    ],
    jobs,
    paper,
  );
  return { reply: { jobs }, text };
}

const statusOf = ({ status, running_count }: Job): string =>
  running_count > 1 ? `${status} (${running_count})` : status;

/** A job that never ran says that its last start was when it was made. */
const hasRun = ({ status, last_deploy, created_at }: Job): boolean =>
  status !== "stopped" || last_deploy !== created_at;

/** As a recipe would name it; an image that is of no catalogue is named by its address. */
const imageOf = ({ image, image_uri, version }: Job["image_tag"]): string =>
  image.name === image_uri ? image_uri : `${image.owner.name}/${image.name}:${version}`;
