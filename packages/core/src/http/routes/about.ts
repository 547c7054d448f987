import * as z from "zod";
import { Image } from "../../image/index.ts";
import { command } from "../../kit/index.ts";
import { Owner } from "../../owner/index.ts";
import type { Platform } from "../../platform.ts";
import { Size } from "../../size/index.ts";
import type { Context } from "../../world.ts";
import { route } from "../route.ts";
import * as info from "../view/info.ts";
import * as owner from "../view/owner.ts";
import * as size from "../view/size.ts";

/** What the installation is; the same for whoever asks. */
const platform = command({
  input: z.object({}),
  allow: "anyone",
  run: async (_, ctx: Context): Promise<Platform> => ctx.platform,
});

export const status = route({
  summary: "Whether the platform answers, and in which version",
  command: platform,
  access: "public",
  answer: info.Status,
  show: info.showStatus,
});

export const app = route({
  summary: "What the installation offers",
  command: platform,
  answer: info.AppInfo,
  show: info.showAppInfo,
});

export const servers = route({
  summary: "The sizes, disk spaces and shutoff times to choose from",
  command: Size.list,
  answer: size.ServerOptions,
  oldAnswer: size.OldServerOptions,
  show: (sizes, asked) => size.showServerOptions(sizes, asked.platform),
  showOld: (sizes, asked) => size.showOldServerOptions(sizes, asked.platform),
});

export const jobs = route({
  summary: "What a form for a job offers and proposes",
  command: Image.defaults,
  answer: info.JobInfo,
  show: (images, asked) => info.showJobInfo(images, asked.platform),
});

export const user = route({
  summary: "The person whose token this is",
  command: Owner.me,
  answer: owner.User,
  show: owner.showUser,
});

export const organisations = route({
  summary: "The organisations that the caller belongs to",
  command: Owner.listOrganisations,
  answer: owner.Organisations,
  show: owner.showOrganisations,
});
