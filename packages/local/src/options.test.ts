import { describe, expect, it } from "vitest";
import { help, wishOf } from "./options.ts";

const options = (...args: string[]) => {
  const wish = wishOf(args);
  return typeof wish === "string" ? undefined : wish.options;
};

describe("the command line", () => {
  it("needs nothing", () => {
    expect(options()).toEqual({
      port: 8080,
      host: "127.0.0.1",
      home: `${process.cwd()}/.cassini`,
      stopTasks: false,
      allowFileRepositories: true,
    });
  });

  it("allows repositories of the host's disk on loopback only, unless it is told", () => {
    expect([
      options("--host", "0.0.0.0"),
      options("--host", "::1"),
      options("--allow-file-repositories", "no"),
    ]).toMatchObject([
      { allowFileRepositories: false },
      { allowFileRepositories: true },
      { allowFileRepositories: false },
    ]);
  });

  it.each([
    [["--port", "70000"], "70000"],
    [["--port", "http"], "http"],
    [["--driver", "docker"], "docker"],
    [["--prot", "80"], "--prot"],
    [["start"], "start"],
    [["--allow-file-repositories", "maybe"], "yes or no"],
  ])("refuses %j in a sentence that names it", (args, named) => {
    expect(() => wishOf(args)).toThrow(named);
    expect(() => wishOf(args)).toThrow("--help");
  });

  it("is explained by examples that it understands", () => {
    const examples = [...help.matchAll(/^ {2}npm start(?: -- (\S+(?: [^ ]+)?))?(?= {2})/gm)].map(
      ([, args]) => args?.split(" ") ?? [],
    );
    expect(examples.length).toBeGreaterThan(3);
    expect(examples.map((args) => typeof wishOf(args))).toEqual(examples.map(() => "object"));
  });
});
