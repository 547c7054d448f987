import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { served, stage, type Stage } from "../testing/stage.ts";
import { credentialsPath } from "./credentials.ts";
import { findServer } from "./find.ts";

const nothing = { CASSINI_URL: "", CASSINI_TOKEN: "" };

function withServer(folder: string): void {
  mkdirSync(join(folder, ".cassini"));
  writeFileSync(join(folder, ".cassini", "admin.token"), "local-token\n");
  writeFileSync(
    join(folder, ".cassini", "server.json"),
    JSON.stringify({ url: "http://127.0.0.1:4711", pid: 1 }),
  );
}

function finding({ io, folder }: Stage, env: Record<string, string> = {}, cwd = folder) {
  return findServer({ ...io, env, cwd });
}

async function signedIn(set: Stage, url = "https://cassini.example.com"): Promise<void> {
  const env = { ...nothing };
  const told = await set.type(`login --url ${url}/ --token-stdin`, {
    stdin: set.io.env["CASSINI_TOKEN"] ?? "",
    env,
  });
  expect(told.exit).toBe(0);
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
      isLocal: true,
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
    await signedIn(set);
    expect(finding(set)).toMatchObject({
      url: "https://cassini.example.com",
      source: "`cassini login`",
    });
    expect((await set.type("logout")).out).toBe("Forgot https://cassini.example.com.\n");
    expect(finding(set)).toMatchObject({ isLocal: true });
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
    const told = await type("list", { env: nothing });
    expect(told).toMatchObject({ exit: 75, out: "" });
    expect(told.err).toBe(
      "No Cassini server is known here. Start one with `npm start` and stay in its folder, or sign in to one: cassini login --url https://…\n",
    );
  });

  it("says how to start the one that does not answer", async () => {
    const { type, folder } = await stage();
    withServer(folder);
    const fetch = async () => Promise.reject(new TypeError("fetch failed"));
    expect(await type("list", { env: nothing, fetch })).toEqual({
      exit: 75,
      out: "",
      err: `No server answers at http://127.0.0.1:4711. Start it: npm start (in ${folder}).\n`,
    });
  });
});

describe("signing in", () => {
  it("tries the token, and keeps it for nobody else's eyes", async () => {
    const set = await stage();
    await signedIn(set);
    const path = credentialsPath(set.folder);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(path, "utf8"))).toEqual({
      url: "https://cassini.example.com",
      token: set.io.env["CASSINI_TOKEN"],
    });
  });

  it("keeps nothing that the server does not know", async () => {
    const { type, folder } = await stage();
    const told = await type("login --url http://x.test --token-stdin", {
      stdin: "cassini_wrong",
      env: nothing,
    });
    expect(told).toMatchObject({ exit: 3, out: "" });
    expect(told.err).toContain("This token is not known here.");
    expect(() => statSync(credentialsPath(folder))).toThrow("ENOENT");
  });

  it.each([
    ["login", "No server is known here. Say which: cassini login --url https://…"],
    [
      "login --url cassini.example.com",
      "cassini.example.com is no address. Write it like https://cassini.example.com.",
    ],
    ["login --url https://x --token-stdin", "A token is one word, and none was given."],
  ])("says what is missing: %s", async (line, problem) => {
    const { type } = await stage();
    const told = await type(line, { env: nothing, stdin: "" });
    expect(told).toMatchObject({ exit: 2, out: "" });
    expect(told.err).toContain(problem);
  });

  it("asks a person for the token", async () => {
    const { type, io } = await stage();
    const told = await type("login --url http://x.test", {
      env: nothing,
      columns: 80,
      stdin: io.env["CASSINI_TOKEN"] ?? "",
    });
    expect(told.err).toBe("Token for http://x.test: ");
    expect(told.out).toMatch(/^Signed in to http:\/\/x\.test as ada\. Kept in /);
  });

  it("is named as the way out where a token is refused or missing", async () => {
    const { type } = await stage();
    const refused = await type("list", { env: { CASSINI_TOKEN: "cassini_wrong" } });
    expect(refused).toMatchObject({
      exit: 3,
      err: expect.stringContaining("`cassini login --url http://cassini.test` keeps one."),
    });
    const missing = await type("list", { env: { CASSINI_TOKEN: "" } });
    expect(missing.err).toBe(
      "No token is known for http://cassini.test. `cassini login --url http://cassini.test` keeps one.\n",
    );
  });
});

describe("the doctor", () => {
  it("finds everything well where it is", async () => {
    const { type } = await stage();
    const told = await type("doctor");
    expect(told.out.replace(/^.*\n/, ""))
      .toBe(`✓ address  http://cassini.test (from the environment)
✓ server   version 0.0.0-test, answers in 0 ms
✓ token    signed in as ada, an administrator
✓ sizes    16 of 16 can start here; \`cassini list sizes\` tells about each
`);
    expect(told.exit).toBe(0);
  });

  it("tells where it ended, and ends as that failure does", async () => {
    const { type } = await stage();
    const told = await type("doctor", { env: { CASSINI_TOKEN: "cassini_wrong" } });
    expect(told.exit).toBe(3);
    expect(told.out).toContain("✓ server   version");
    expect(told.out).toContain("✗ token    This token is not known here.");
  });

  it("looks for the programs that jobs use on the machine of a local server", async () => {
    const { type, folder, world, io } = await stage();
    withServer(folder);
    writeFileSync(join(folder, ".cassini", "admin.token"), io.env["CASSINI_TOKEN"] ?? "");
    const told = await type("doctor", { env: { ...nothing, PATH: folder }, fetch: served(world) });
    expect(told.exit).toBe(1);
    expect(told.out).toContain(
      "✗ git      is not on the PATH, and jobs with repositories clone with it. Install it.",
    );
  });
});
