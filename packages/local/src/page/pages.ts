import { relative } from "node:path";
import { Http } from "@cassini/core/http";
import type { Owner } from "@cassini/core/owner";
import { Run } from "@cassini/core/run";
import { Token } from "@cassini/core/token";
import { isFailure } from "@cassini/core/kit";
import type { Caller, Context, World } from "@cassini/core/world";
import { sessionSeconds, sessionToken } from "../install.ts";
import { Log } from "@cassini/core/log";
import { runPage } from "./run.ts";
import { homePage, nothingPage, spentPage, strangerPage } from "./home.ts";
import type { SignIn } from "./sign-in.ts";

interface Wanted {
  readonly world: World;
  /** Whom a sign-in link signs in. */
  readonly administrator: Owner.Info;
  readonly signIn: SignIn;
  readonly tokenFile: string;
}

/** The few pages that the server has itself: the way in, and a start page. */
export const pages = (wanted: Wanted): Http.Handler => {
  const answer = answering(wanted);
  return async (request) =>
    ["GET", "HEAD"].includes(request.method) ? answer(request) : nothingPage();
};

function answering({ world, administrator, signIn, tokenFile }: Wanted): Http.Handler {
  const hints = { baseUrl: world.platform.baseUrl, tokenFile: shortest(tokenFile) };
  const enter = async (code: string): Promise<Http.Response> => {
    if (!signIn.redeem(code)) return spentPage(hints);
    const token = await sessionToken(world, administrator);
    const cookie = `${Http.sessionCookie}=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${sessionSeconds}`;
    return {
      status: 303,
      headers: { location: "/", "set-cookie": cookie, "cache-control": "no-store" },
      body: "",
    };
  };
  const start = async (request: Http.Request): Promise<Http.Response> => {
    const caller = await callerIn(world, request);
    if (!caller) return strangerPage(hints);
    const { items } = await Run.list({ ...world, caller }, { page_size: 15, descending: false });
    return homePage({ who: caller.actor, runs: items, now: world.clock.now(), hints });
  };
  const show = async (request: Http.Request, id: string): Promise<Http.Response> => {
    const caller = await callerIn(world, request);
    if (!caller) return strangerPage(hints);
    try {
      return await runOf({ ...world, caller }, id, request.query.get("cursor") ?? undefined);
    } catch (error) {
      if (isFailure(error)) return nothingPage();
      throw error;
    }
  };
  return async (request) => {
    const [, name = "", id] = places.exec(request.path) ?? [];
    if (id !== undefined) return show(request, id);
    // Those who look at links before people do ask by HEAD; it must not use the link up.
    if (name === "signin" && request.method === "GET")
      return enter(request.query.get("code") ?? "");
    return request.path === "/" ? start(request) : nothingPage();
  };
}

const places = /^\/(signin$|runs\/([0-9a-f]{32})$)/;

async function runOf(ctx: Context, id: string, cursor: string | undefined): Promise<Http.Response> {
  const detail = await Run.get(ctx, { id, wait_seconds: 0 });
  const log = await Log.read(ctx, { id, cursor, wait_seconds: 0 });
  const more =
    (await Log.read(ctx, { id, cursor: log.cursor, wait_seconds: 0 })).entries.length > 0;
  return runPage({
    who: ctx.caller.actor,
    detail,
    entries: log.entries,
    more: more ? log.cursor : undefined,
    now: ctx.clock.now(),
  });
}

/** A path as it is written in the folder that the server was started in, if it lies there. */
const shortest = (path: string): string =>
  relative(".", path).startsWith("..") ? path : relative(".", path);

/** Who the browser's cookie stands for; undefined without one that is good. */
async function callerIn(world: World, { headers }: Http.Request): Promise<Caller | undefined> {
  const token = new RegExp(`(?:^|;\\s*)${Http.sessionCookie}=([^;]+)`).exec(
    headers["cookie"] ?? "",
  )?.[1];
  if (token === undefined) return undefined;
  try {
    return await Token.callerOf(world, token);
  } catch (error) {
    if (isFailure(error)) return undefined;
    throw error;
  }
}
