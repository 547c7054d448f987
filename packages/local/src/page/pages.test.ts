import { describe, expect, it } from "vitest";
import { Http } from "@cassini/core/http";
import { Job } from "@cassini/core/job";
import { Log } from "@cassini/core/log";
import { memoryWorld } from "@cassini/core/testing";
import { sessionToken } from "../install.ts";
import { pages } from "./pages.ts";
import { linkSeconds, signIn } from "./sign-in.ts";

async function scene() {
  const world = await memoryWorld();
  const codes = signIn(world.clock);
  const owner = world.ada.owner;
  if (!owner) throw new Error("Ada has no owner.");
  const answer = pages({
    world,
    administrator: owner,
    signIn: codes,
    tokenFile: "/srv/home/admin.token",
  });
  const get = (path: string, headers: Record<string, string> = {}, method = "GET") => {
    const [at = "", query] = path.split("?");
    return answer({
      method,
      path: at,
      query: new URLSearchParams(query),
      headers,
      body: new Uint8Array(),
    });
  };
  return { world, codes, get, owner };
}

describe("a sign-in link", () => {
  it("signs in once, with a cookie that scripts cannot read", async () => {
    const { codes, get } = await scene();
    const path = `/signin?code=${codes.issue()}`;
    const first = await get(path);
    const second = await get(path);
    expect(first).toMatchObject({ status: 303, headers: { location: "/" } });
    expect(first.headers["set-cookie"]).toMatch(
      /^cassini_session=cassini_[\w-]{40,}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/,
    );
    expect(second.status).toBe(410);
    expect(second.headers).not.toHaveProperty("set-cookie");
  });

  it("shows whom it has signed in, for twelve hours", async () => {
    const { codes, get, world } = await scene();
    const { headers } = await get(`/signin?code=${codes.issue()}`);
    const cookie = { cookie: `theme=dark; ${headers["set-cookie"]?.split(";")[0]}` };
    expect((await get("/", cookie)).body).toContain("signed in as acme/ada");

    await world.clock.wait(12 * 3600 + 1);

    expect((await get("/", cookie)).body).toContain("not signed in");
  });

  it.each(["", "wrong", "x".repeat(32)])(
    "is refused with the code %j, and stays good",
    async (code) => {
      const { codes, get } = await scene();
      const good = codes.issue();
      expect((await get(`/signin?code=${code}`)).status).toBe(410);
      expect((await get(`/signin?code=${good}`)).status).toBe(303);
    },
  );

  it("is too old after ten minutes, and void once there is a newer one", async () => {
    const { codes, get, world } = await scene();
    const old = codes.issue();
    const newer = codes.issue();
    expect((await get(`/signin?code=${old}`)).status).toBe(410);
    await world.clock.wait(linkSeconds);
    expect((await get(`/signin?code=${newer}`)).status).toBe(410);
  });

  it("is not used up by those who only look at links", async () => {
    const { codes, get } = await scene();
    const path = `/signin?code=${codes.issue()}`;
    await get(path, {}, "HEAD");
    expect((await get(path)).status).toBe(303);
  });
});

describe("the start page", () => {
  it("loads, runs and frames nothing, and lets its own style through", async () => {
    const { get } = await scene();
    const { headers, body } = await get("/");
    const style = /<style>(.*)<\/style>/s.exec(body)?.[1] ?? "";
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(style));
    expect(headers["content-security-policy"]).toContain(
      `'sha256-${Buffer.from(digest).toString("base64")}'`,
    );
    expect(headers["content-security-policy"]).toMatch(
      /default-src 'none'.*frame-ancestors 'none'/,
    );
    expect(body).not.toMatch(/<script|src=|https?:\/\/(?!127\.0\.0\.1|…)/);
  });

  it("shows the newest runs, with text as text", async () => {
    const { get, world, owner } = await scene();
    const image = "acme/ada/python:host";
    const wanted = { name: "nightly", image, instance_type: "micro", command: "true" };
    const job = await Job.create.from(world.as(world.ada), wanted);
    await Job.start(world.as(world.ada), { id: job.job.id });
    await world.deliver();
    const cookie = { cookie: `${Http.sessionCookie}=${await sessionToken(world, owner)}` };
    const { body } = await get("/", cookie);
    expect(body).toMatch(
      /<code>nightly-[0-9a-f]{8}<\/code><\/a><\/td>\s*<td class="pending">pending/,
    );
    expect(body).toContain('http-equiv="refresh"');
  });

  it("keeps a stranger from the runs, and tells the way in", async () => {
    const { get } = await scene();
    const { body } = await get("/", { cookie: `${Http.sessionCookie}=made-up` });
    expect(body).toContain("/srv/home/admin.token");
    expect(body).not.toContain("<table");
  });

  it("says that there is nothing at any other address", async () => {
    const { get } = await scene();
    expect((await get("/jobs")).status).toBe(404);
    expect((await get("/", {}, "POST")).status).toBe(404);
  });
});

describe("the page of a run", () => {
  it("shows its log as text, and follows it until it has ended", async () => {
    const { get, world, owner } = await scene();
    const wanted = {
      name: "loud",
      image: "acme/ada/python:host",
      instance_type: "micro",
      command: "true",
    };
    const { job } = await Job.create.from(world.as(world.ada), wanted);
    const { run } = await Job.start(world.as(world.ada), { id: job.id });
    await world.deliver();
    await Log.keep(
      world,
      { run: run.id, attempt: 1, step: "environment", offset: 0 },
      new TextEncoder().encode("<b>loud</b>"),
    );
    const cookie = { cookie: `${Http.sessionCookie}=${await sessionToken(world, owner)}` };
    const { body } = await get(`/runs/${run.id}`, cookie);
    expect(body).toContain("&lt;b&gt;loud&lt;/b&gt;");
    expect(body).toContain('http-equiv="refresh"');
    expect((await get(`/runs/${run.id}`)).body).not.toContain("loud");
    expect((await get(`/runs/${"0".repeat(32)}`, cookie)).status).toBe(404);
  });
});
