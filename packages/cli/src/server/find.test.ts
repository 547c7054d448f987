import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nowhere, signIn, stage, type Stage } from "../testing/stage.ts";
import { findServer } from "./find.ts";

function withServer(folder: string): void {
  mkdirSync(join(folder, ".cassini"));
  writeFileSync(join(folder, ".cassini", "admin.token"), "local-token\n");
  writeFileSync(join(folder, ".cassini", "server.lock"), JSON.stringify({ pid: 1, port: 4711 }));
}

function finding({ io, folder }: Stage, env: Record<string, string> = {}, cwd = folder) {
  return findServer({ ...io, env, cwd });
}

describe("finding the server", () => {
  it("takes the local one whose home lies here or above", async () => {
    const set = await stage();
    withServer(set.folder);
    mkdirSync(join(set.folder, "deep", "inside"), { recursive: true });
    const found = {
      url: "http://127.0.0.1:4711",
      token: "local-token",
      source: join(set.folder, ".cassini"),
    };
    expect(finding(set)).toMatchObject(found);
    expect(finding(set, {}, join(set.folder, "deep", "inside"))).toMatchObject(found);
  });

  it("lets the environment win, under either name", async () => {
    const set = await stage();
    withServer(set.folder);
    expect(finding(set, { SATURN_BASE_URL: "http://b/", SATURN_TOKEN: "b" })).toMatchObject({
      url: "http://b",
      token: "b",
    });
    const both = {
      CASSINI_URL: "http://a",
      CASSINI_TOKEN: "a",
      SATURN_BASE_URL: "http://b",
      SATURN_TOKEN: "b",
    };
    expect(finding(set, both)).toMatchObject({
      url: "http://a",
      token: "a",
      source: "the environment",
    });
  });

  it("completes an address from the environment only with a token for that address", async () => {
    const set = await stage();
    withServer(set.folder);
    expect(finding(set, { CASSINI_URL: "http://127.0.0.1:4711" })).toMatchObject({
      token: "local-token",
    });
    expect(finding(set, { CASSINI_URL: "http://elsewhere" })).toMatchObject({
      url: "http://elsewhere",
      token: undefined,
    });
    expect(finding(set, { CASSINI_TOKEN: "mine" })).toMatchObject({
      url: "http://127.0.0.1:4711",
      token: "mine",
    });
  });

  it("takes what somebody signed in to before the one in the folder, until she signs out", async () => {
    const set = await stage();
    withServer(set.folder);
    await signIn(set);
    expect(finding(set)).toMatchObject({
      url: "https://cassini.example.com",
      source: "`cassini login`",
    });
    expect((await set.type("logout")).out).toBe("Forgot https://cassini.example.com.\n");
    expect(finding(set)).toMatchObject({ url: "http://127.0.0.1:4711" });
  });

  it("refuses a folder that somebody else has put there", async () => {
    const set = await stage();
    withServer(set.folder);
    const other = { ...set, io: { ...set.io, uid: 4_000_000 } };
    expect(() => finding(other)).toThrow(
      /\.cassini belongs to somebody else, so its server is not trusted/,
    );
  });

  it("says how to start one where there is none", async () => {
    const { type } = await stage();
    const told = await type("list", { env: nowhere });
    expect(told).toMatchObject({ exit: 75, out: "" });
    expect(told.err).toBe(
      "No Cassini server is known here. Start one with `npm start` and stay in its folder, or sign in to one: cassini login --url https://…\n",
    );
  });

  it("says how to start the one that does not answer", async () => {
    const { type, folder } = await stage();
    withServer(folder);
    const fetch = async () => Promise.reject(new TypeError("fetch failed"));
    expect(await type("list", { env: nowhere, fetch })).toEqual({
      exit: 75,
      out: "",
      err: `No server answers at http://127.0.0.1:4711. Start it: npm start (in ${folder}).\n`,
    });
  });
});
