import * as z from "zod";
import { command } from "../kit/index.ts";
import type { Context } from "../world.ts";
import { documentOf } from "./openapi.ts";
import { route } from "./route.ts";
import * as about from "./routes/about.ts";
import * as image from "./routes/image.ts";
import * as job from "./routes/job.ts";
import * as pod from "./routes/pod.ts";
import * as recipe from "./routes/recipe.ts";
import * as run from "./routes/run.ts";
import * as task from "./routes/task.ts";

const describe = command({
  input: z.object({}),
  allow: "anyone",
  run: async (_, ctx: Context): Promise<object> => documentOf(routes, ctx.platform),
});

/** What can be asked of the system over HTTP. */
export const routes = {
  "GET /api/status": about.status,
  "GET /api/info": about.app,
  "GET /api/info/servers": about.servers,
  "GET /api/openapi.json": route({
    summary: "This document",
    command: describe,
    access: "public",
    answer: z.looseObject({ openapi: z.string() }),
    show: (document) => ({ openapi: "", ...document }),
  }),

  "GET /api/user": about.user,
  "GET /api/orgs": about.organisations,

  "GET /api/jobs": job.list,
  "POST /api/jobs": job.create,
  "GET /api/jobs/info": about.jobs,
  "GET /api/jobs/{id}": job.get,
  "PATCH /api/jobs/{id}": job.update,
  "DELETE /api/jobs/{id}": job.destroy,
  "POST /api/jobs/{id}/start": job.start,
  "POST /api/jobs/{id}/restart": job.restart,
  "POST /api/jobs/{id}/stop": job.stop,
  "POST /api/jobs/{id}/stop/{run_name}": job.stopRun,
  "GET /api/jobs/{id}/history": job.history,
  "GET /api/jobs/{id}/runtimesummary": job.runtimeSummary,
  "GET /api/jobs/{id}/logs": job.logs,
  "GET /api/jobs/{id}/recipe": recipe.ofJob,

  "GET /api/pod/namespace/main-namespace/name/{name}/runtimesummary": pod.runtimeSummary,
  "GET /api/active/pods/{name}/logs": pod.logs,

  "GET /api/images": image.list,
  "POST /api/images": image.create,
  "GET /api/images/{id}": image.get,
  "GET /api/images/{image_id}/tags": image.listTags,
  "POST /api/images/{image_id}/tags": image.createTag,
  "GET /api/images/{image_id}/tags/{id}": image.getTag,

  "GET /api/recipes": recipe.list,
  "POST /api/recipes": recipe.create,
  "PUT /api/recipes": recipe.apply,
  "POST /api/recipes/apply": recipe.applySet,
  "GET /api/recipes/{type}/{name}": recipe.get,

  "GET /api/runs": run.list,
  "GET /api/runs/{id}": run.get,
  "POST /api/runs/{id}/stop": run.stop,
  "GET /api/runs/{id}/logs": run.logs,

  "POST /api/tasks/{run}/{attempt}/bundle": task.bundle,
  "POST /api/tasks/{run}/{attempt}/report": task.report,
  "PUT /api/tasks/{run}/{attempt}/logs/{step}/{offset}": task.log,
};
