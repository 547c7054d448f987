import { readFileSync, statSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { credentialsPath } from "../server/credentials.ts";
import { nowhere, signIn, stage } from "../testing/stage.ts";

describe("signing in", () => {
  it("tries the token, and keeps it for nobody else's eyes", async () => {
    const set = await stage();
    await signIn(set);
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
      env: nowhere,
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
    const told = await type(line, { env: nowhere, stdin: "" });
    expect(told).toMatchObject({ exit: 2, out: "" });
    expect(told.err).toContain(problem);
  });

  it("asks a person for the token", async () => {
    const { type, io } = await stage();
    const told = await type("login --url http://x.test", {
      env: nowhere,
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
