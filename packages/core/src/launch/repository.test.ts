import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GitRepository } from "../job/schema.ts";
import { Launch } from "./index.ts";
import { refusal } from "./sample.ts";

const strict = { allowFileRepositories: false };
const repositoriesOf = (list: unknown[], rules = strict) =>
  Launch.repositoriesOf(
    list.map((each) => GitRepository.parse(each)),
    rules,
  );
const one = (said: object, rules = strict) =>
  repositoriesOf([{ url: "https://github.com/acme/tools.git", ...said }], rules)[0];

describe("a repository of a job", () => {
  it("is cloned into the working directory under its own name when no path is said", () => {
    expect(one({})).toEqual({
      url: "https://github.com/acme/tools.git",
      path: "/home/jovyan/workspace/tools",
      reference_type: "branch",
    });
    expect(one({ url: "https://dev.azure.com/acme/p/_git/My.Repo/" })?.path).toBe(
      "/home/jovyan/workspace/My.Repo",
    );
  });

  it("is cloned to the path that is said, from the home directory on", () => {
    expect(one({ path: "code/tools/" })?.path).toBe("/home/jovyan/code/tools");
    expect(one({ path: "~/tools" })?.path).toBe("/home/jovyan/tools");
    expect(one({ path: "/home/jovyan/./x//y" })?.path).toBe("/home/jovyan/x/y");
  });

  it.each(["/opt/tools", "/home/jovyan", ".", "/home/jovyanx/y", ".cassini/x", "a\nb"])(
    "is refused the path %j",
    (path) => {
      expect(refusal(() => one({ path })).code).toBe("path.refused");
    },
  );

  it("shares its path with no other one, nor lies in another's", () => {
    const twice = [{ url: "https://a.org/x/tools" }, { url: "https://b.org/y/tools.git" }];
    expect(() => repositoriesOf(twice)).toThrow(
      "its path /home/jovyan/workspace/tools is that of https://a.org/x/tools, too",
    );
    expect(() =>
      repositoriesOf([
        { url: "https://a.org/x" },
        { url: "https://a.org/y", path: "workspace/x/y" },
      ]),
    ).toThrow("lies in that of https://a.org/x");
    expect(repositoriesOf([{ url: "https://a.org/x" }, { url: "https://a.org/xy" }])).toHaveLength(
      2,
    );
  });
});

describe("the address of a repository", () => {
  it.each([
    ["http://github.com/acme/tools", "plain http can be read and changed on its way. Use https."],
    [
      "git@github.com:acme/tools.git",
      "keys for ssh are not there yet. Use its https address, likely https://github.com/acme/tools.git.",
    ],
    [
      "ssh://git@example.com:2222/acme/tools",
      "keys for ssh are not there yet. Use its https address, likely https://example.com/acme/tools.",
    ],
    ["file:///srv/tools.git", "repositories of the host's own disk are not allowed here"],
    ["https://example.com/", "it has no name in it"],
    ["https://example.com/.git", "it has no name in it"],
    ["https://example.com/a/...git", "it has no name in it"],
    ["https://example.com/a b", "Percent-encode them"],
    ["https://example.com\\@evil.org/a", "Percent-encode them"],
    ["ext::sh%20-c%20id", "Write it from https:// on"],
    ["--upload-pack=id", "Write it from https:// on"],
    ["/srv/tools", "Write it from https:// on"],
    ["https://", "Write it from https:// on"],
  ])("is refused where it is %s", (url, why) => {
    expect(() => one({ url })).toThrow(why);
  });

  it.each([
    "https://me:secret@github.com/acme/tools",
    "https://secret@github.com/acme/tools",
    "https://github.com/acme/tools?access_token=secret",
    "https://github.com/acme/tools#secret",
    "http://me:secret@github.com/acme/tools",
    "https://me:secret?x@github.com/acme/tools",
    "https://me:se/secret@github.com/acme/tools",
  ])("is refused with a password in it, without repeating it: %s", (url) => {
    const { code, sentence } = refusal(() => one({ url }));
    expect(code).toBe("repository.refused");
    expect(sentence).not.toContain("secret");
  });

  it("may be a folder of the host where the operator allows it, but of no other host", () => {
    const open = { allowFileRepositories: true };
    expect(one({ url: "file:///srv/git/tools.git" }, open)).toMatchObject({
      url: "file:///srv/git/tools.git",
      path: "/home/jovyan/workspace/tools",
    });
    expect(() => one({ url: "file://elsewhere/tools.git" }, open)).toThrow("it names a host");
  });

  it("that is accepted is https alone, one word, and no option", () => {
    const part = fc.oneof(
      fc.constantFrom(
        "https://",
        "http://",
        "file://",
        "ssh://",
        "a.org/",
        "x",
        "@",
        ":",
        "-",
        "/",
        "..",
        "?",
        "#",
        "%2e",
        "\\",
        "\n",
        " ",
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 8 }), (parts) => {
        const answer = outcome(() => Launch.addressOf(parts.join(""), strict));
        expect(answer).toMatch(/^(?:refused|https:\/\/[^\s@?#\\]+\/[^\s?#\\]*)$/);
      }),
      { numRuns: 2000 },
    );
  });
});

const outcome = (act: () => string): string => {
  try {
    return act();
  } catch (error) {
    expect(error).toMatchObject({ code: "repository.refused" });
    return "refused";
  }
};

describe("the reference of a repository", () => {
  it.each(["main", "feature/x-1", "v1.0.0", "release_2", "a@b", "ü"])("may be %s", (reference) => {
    expect(one({ reference })?.reference).toBe(reference);
  });

  it("is the remote's default branch when nothing is said", () => {
    expect(one({ reference: "" })).not.toHaveProperty("reference");
  });

  it.each([
    "-x",
    "--upload-pack=id",
    "a..b",
    "a b",
    "a~1",
    "a^",
    "a:b",
    "a?",
    "a*",
    "a[b",
    "a\\b",
    "/a",
    "a/",
    "a//b",
    ".a",
    "a/.b",
    "a.",
    "a.lock",
    "a.lock/b",
    "@",
    "a@{1}",
    "a\u0007",
    "a\n",
  ])("is refused where git would refuse %j", (reference) => {
    expect(() => one({ reference })).toThrow("git allows no branch with that name");
  });

  it("is a hash where a commit is meant, and is named where a tag is", () => {
    expect(one({ reference_type: "commit", reference: "0123abc" })).toMatchObject({
      reference: "0123abc",
      reference_type: "commit",
    });
    expect(() => one({ reference_type: "commit", reference: "main" })).toThrow(
      "Write 7 to 64 hex digits",
    );
    expect(() => one({ reference_type: "tag" })).toThrow("a tag is wanted but none is named");
  });
});
