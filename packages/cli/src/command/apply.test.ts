import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { meanwhile, newestAgent } from "../testing/agent.ts";
import { jobNamed } from "../testing/recipe.ts";
import { served, stage } from "../testing/stage.ts";

const image = `type: image
spec:
  name: tools
  versions:
    - name: "1"
      image_uri: example.com/tools:1
`;

/** Ten lines that would unfold to a billion words. */
const bomb = Array.from({ length: 10 }, (_, at) =>
  at === 0
    ? "a0: &a0 [lol, lol]\n"
    : `a${at}: &a${at} [${Array(10)
        .fill(`*a${at - 1}`)
        .join(", ")}]\n`,
).join("");

describe("applying recipes", () => {
  it("tells of each document what became of it", async () => {
    const { type, folder } = await stage();
    writeFileSync(
      join(folder, "all.yaml"),
      `${image}---\n${jobNamed("one")}---\n# nothing\n---\n${jobNamed("two")}`,
    );
    expect((await type("apply -f all.yaml")).out).toBe(
      "image tools created\njob one created\njob two created\n",
    );

    writeFileSync(
      join(folder, "all.yaml"),
      `${jobNamed("one")}---\n${jobNamed("two", "  retries: 3\n")}`,
    );
    expect(await type("apply -f all.yaml")).toEqual({
      exit: 0,
      out: "job one unchanged\njob two updated\n",
      err: "",
    });
  });

  it("takes JSON, the standard input, and several files", async () => {
    const { type, folder } = await stage();
    const spec = {
      name: "json",
      image: "acme/ada/python:host",
      instance_type: "small",
      command: "true",
    };
    writeFileSync(join(folder, "job.json"), JSON.stringify({ type: "job", spec }));
    const told = await type("apply -f job.json --file -", { stdin: jobNamed("piped") });
    expect(told.out).toBe("job json created\njob piped created\n");
  });

  it("takes what several places share from one, as YAML lets one write it", async () => {
    const { type } = await stage();
    const stdin = `type: job\nspec:\n  <<: &all { image: acme/ada/python:host, instance_type: small }\n  name: one\n  command: "true"\n`;
    expect((await type("apply -f -", { stdin })).out).toBe("job one created\n");
  });

  it("takes a set in the older layout", async () => {
    const { type } = await stage();
    const versions = [{ name: "1", image_uri: "example.com/old:1" }];
    const set = {
      images: [{ name: "old", hardware_type: "cpu", versions, schema_version: "2022.04.01" }],
    };
    expect((await type("apply -f -", { stdin: JSON.stringify(set) })).out).toBe(
      "image old created\n",
    );
  });

  it("prints the server's replies as they are where JSON is asked for", async () => {
    const { type } = await stage();
    const one = JSON.parse((await type("apply -f - --json", { stdin: jobNamed("one") })).out);
    expect(one).toMatchObject({ type: "job", spec: { name: "one" }, state: { action: "created" } });
    const two = JSON.parse(
      (await type("apply -f - --json", { stdin: `${jobNamed("one")}---\n${jobNamed("two")}` })).out,
    );
    expect(two).toMatchObject([
      { state: { action: "unchanged" } },
      { state: { action: "created" } },
    ]);
  });

  it.each([
    ["type: [job", "the standard input, line 1, column 11: "],
    [
      "type: job\nspec: {a: 1, a: 2}\n",
      "the standard input, line 2, column 14: Map keys must be unique.",
    ],
    [
      "- type: job\n",
      "the standard input: A recipe has fields such as type and spec, and this has none.",
    ],
    ["", "the standard input: There is nothing in it."],
    [bomb, "the standard input: Its aliases unfold to more than can be meant."],
    [`${jobNamed("one")}---\n{`, "the standard input, document 2, line "],
  ])("sends nothing of a file that cannot be read: %j", async (stdin, problem) => {
    const { type } = await stage();
    const told = await type("apply -f -", { stdin });
    expect(told).toMatchObject({ exit: 2, out: "" });
    expect(told.err).toContain(problem);
    expect((await type("list")).out).toContain("No jobs yet.");
  });

  it("names the document that the server refuses, after those that it took", async () => {
    const { type } = await stage();
    const told = await type("apply -f -", {
      stdin: `${jobNamed("one")}---\n${jobNamed("two", "  colour: red\n")}`,
    });
    expect(told).toMatchObject({ exit: 2, out: "job one created\n" });
    expect(told.err).toMatch(/^the standard input, document 2: .*colour/);
  });

  it("says why a file cannot be opened", async () => {
    const { type } = await stage();
    expect((await type("apply -f none.yaml")).err).toBe(
      "none.yaml cannot be read: there is no such file.\n",
    );
    expect((await type("apply -f .")).err).toBe(". cannot be read: it is a folder.\n");
    expect((await type("apply")).err).toBe(
      "No file is named. Write it so: cassini apply -f job.yaml\n",
    );
  });

  it("starts the jobs of the file, and says how to watch each", async () => {
    const { type, world } = await stage();
    const told = await type("apply -f - --start", {
      stdin: `${image}---\n${jobNamed("one")}---\n${jobNamed("two")}`,
    });
    await world.deliver();
    expect(world.compute.tasks()).toHaveLength(2);
    expect(told.out).toMatch(
      /job two created\nStarted one-\w{8}\. Watch it: cassini logs one-\w{8} -f\nStarted two-/,
    );
  });

  it("follows the run of one job to its end", async () => {
    const { type, world } = await stage();
    const following = type("apply -f - --start --follow", { stdin: jobNamed("one") });
    while (world.compute.tasks().length === 0) await meanwhile(world, world.deliver());
    const agent = await newestAgent(world);
    await agent.begin("command");
    await agent.write("hello\n");
    await agent.end(7);
    const told = await meanwhile(world, following);
    expect(told).toMatchObject({ exit: 1, out: "job one created\nhello\n" });
    expect(told.err).toContain("The command ended with code 7.");
  });

  it.each([
    ["apply -f - --follow", jobNamed("one")],
    ["apply -f - --start --follow", `${jobNamed("one")}---\n${jobNamed("two")}`],
    ["apply -f - --start --follow", image],
  ])("cannot follow anything but one run: %s", async (line, stdin) => {
    const { type } = await stage();
    expect(await type(line, { stdin })).toEqual({
      exit: 2,
      out: "",
      err: "--follow watches one run: say --start too, and name one file with one job.\n",
    });
  });

  it("does not lose the word of what was applied when the server goes away", async () => {
    const { type, world } = await stage();
    const answer = served(world);
    let asked = 0;
    const fetch: typeof answer = async (url, init) => {
      asked += 1;
      if (asked > 1) throw new TypeError("fetch failed");
      return answer(url, init);
    };
    const told = await type("apply -f -", {
      stdin: `${jobNamed("one")}---\n${jobNamed("two")}`,
      fetch,
    });
    expect(told).toMatchObject({ exit: 75, out: "job one created\n" });
    expect(told.err).toContain(
      "No server answers at http://cassini.test. The address is that of CASSINI_URL",
    );
  });
});
