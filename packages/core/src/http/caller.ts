import { sha256 } from "../kit/index.ts";
import { Run } from "../run/index.ts";
import { Task } from "../task/index.ts";
import { Token } from "../token/index.ts";
import type { Caller, World } from "../world.ts";
import { CrossSite } from "./failure.ts";
import type { Request } from "./message.ts";
import type { Match } from "./router.ts";
import type { Route } from "./route.ts";

/** Who a request speaks for, and the ticket of a task where the route takes one. */
export interface Asking {
  readonly caller: Caller;
  readonly ticket: string;
}

/** Nobody: may do what anyone may. */
const anyone = (actor: string): Caller => ({
  actor,
  admin: false,
  may: (permission) => permission === "anyone",
});

/** Makes the check that stands before every route: one for each way of access. */
export function doorkeeper(
  world: World,
): (request: Request, match: Match<Route>) => Promise<Asking> {
  const callerOf = remembering(world);
  return async (request, { route: { access }, path }) => {
    if (access === "public") return { caller: anyone("anyone"), ticket: "" };
    if (access === "ticket")
      return { caller: anyone("task"), ticket: await ticketIn(world, request, path) };
    return { caller: await callerOf(tokenIn(request, world.platform.baseUrl)), ticket: "" };
  };
}

/** The ticket of the attempt that the path names; fails with `task.ticket_invalid` before anything is read of the body. */
async function ticketIn(
  world: World,
  { headers }: Request,
  path: Match<Route>["path"],
): Promise<string> {
  const ticket = /^ticket +(\S+) *$/i.exec(headers["authorization"] ?? "")?.[1];
  const name = { run: path["run"] ?? "", attempt: Number(path["attempt"]) };
  if (ticket === undefined || !(await Run.ticketFits(world, name, ticket)))
    throw Task.TicketInvalid({});
  return ticket;
}

/** The token's text: from the header in either scheme and any case, or else from the console's cookie. */
function tokenIn(request: Request, baseUrl: string): string {
  const authorization = request.headers["authorization"];
  if (authorization !== undefined) {
    const text = /^(?:token|bearer) +(\S+) *$/i.exec(authorization)?.[1];
    if (text === undefined) throw Token.Missing({});
    return text;
  }
  const session = cookie(request.headers["cookie"] ?? "");
  if (session === undefined) throw Token.Missing({});
  if (!sameSite(request, baseUrl)) throw CrossSite({});
  return session;
}

/** The cookie that a signed-in browser sends. */
export const sessionCookie = "cassini_session";

function cookie(header: string): string | undefined {
  const pairs = header.split(";").map((pair) => pair.trim());
  const own = pairs.find((pair) => pair.startsWith(`${sessionCookie}=`));
  return own?.slice(sessionCookie.length + 1);
}

/** A browser sends its cookie with every request, whoever caused it: one that changes something must come from our own pages. */
function sameSite({ method, headers }: Request, baseUrl: string): boolean {
  if (method === "GET") return true;
  const site = headers["sec-fetch-site"];
  return site === "same-origin" || site === "none" || headers["origin"] === baseUrl;
}

const rememberedMilliseconds = 5000;
const rememberedCallers = 500;

/** Looks a token up at most every five seconds, so that an ended one is refused soon. Refusals are not remembered. */
function remembering(world: World): (text: string) => Promise<Caller> {
  const known = new Map<string, { caller: Caller; until: number }>();
  return async (text) => {
    const hash = await sha256(text);
    const found = known.get(hash);
    if (found && found.until > world.clock.now()) return found.caller;
    known.delete(hash);
    const caller = await Token.callerOf(world, text);
    if (known.size >= rememberedCallers) known.clear();
    known.set(hash, { caller, until: world.clock.now() + rememberedMilliseconds });
    return caller;
  };
}
