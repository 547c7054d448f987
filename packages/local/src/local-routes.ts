import { AccessDenied, command } from "@cassini/core/kit";
import { Http } from "@cassini/core/http";
import type { Context } from "@cassini/core/world";
import * as z from "zod";
import { Report } from "./doctor/finding.ts";
import type { SignIn } from "./page/sign-in.ts";

interface Wanted {
  readonly signIn: SignIn;
  readonly examine: () => Promise<Report>;
}

const Link = z.object({ url: z.string() });

/** What can be asked of this runtime alone, by its administrator. */
export const localRoutes = ({ signIn, examine }: Wanted): Readonly<Record<string, Http.Route>> => ({
  "GET /api/local/doctor": Http.route({
    summary: "What this machine has and lacks for jobs",
    command: forAdministrator(examine),
    answer: Report,
    show: (report) => report,
  }),
  "POST /api/local/signin": Http.route({
    summary: "A new link that signs a browser in once",
    status: 201,
    command: forAdministrator(async ({ platform }) => linkTo(platform.baseUrl, signIn.issue())),
    answer: Link,
    show: (url) => ({ url }),
  }),
});

/** The link that signs a browser in. */
export const linkTo = (baseUrl: string, code: string): string => `${baseUrl}/signin?code=${code}`;

const forAdministrator = <Out>(run: (ctx: Context) => Promise<Out>) =>
  command({
    input: z.object({}),
    allow: "user.write",
    run: async (_, ctx: Context) => {
      if (!ctx.caller.admin) throw AccessDenied({ permission: "the administrator's rights" });
      return run(ctx);
    },
  });
