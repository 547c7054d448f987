import { relative } from "node:path";
import { Http } from "@cassini/core/http";
import type { Owner } from "@cassini/core/owner";
import { Run } from "@cassini/core/run";
import { Token } from "@cassini/core/token";
import { isFailure } from "@cassini/core/kit";
import type { Caller, World } from "@cassini/core/world";
import { sessionSeconds, sessionToken } from "../install.ts";
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
export function pages({ world, administrator, signIn, tokenFile }: Wanted): Http.Handler {
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
  return async (request) => {
    const get = request.method === "GET" || request.method === "HEAD";
    if (get && request.path === "/") return start(request);
    // A HEAD comes from those who look at links before people do; it must not use the link up.
    if (request.method === "GET" && request.path === "/signin")
      return enter(request.query.get("code") ?? "");
    return nothingPage();
  };
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
