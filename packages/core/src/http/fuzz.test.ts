import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { desk, jobOf, type Desk } from "../testing/index.ts";
import { routes } from "./routes.ts";

const segment = fc.oneof(
  fc.constantFrom(
    "api",
    "jobs",
    "recipes",
    "runs",
    "images",
    "tags",
    "apply",
    "job",
    "%",
    "%2F",
    "..",
    "",
  ),
  fc.string({ unit: "binary", maxLength: 12 }),
);
const method = fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "__proto__");
const anyPath = fc.array(segment, { maxLength: 8 }).map((segments) => `/${segments.join("/")}`);

/** Paths that lead somewhere, with anything in the place of their parameters. */
const knownPath = (id: string) =>
  fc
    .tuple(
      fc.constantFrom(...Object.keys(routes)),
      fc.infiniteStream(fc.oneof(fc.constant(id), segment)),
    )
    .map(([key, values]) =>
      key.replaceAll(/\{\w+\}/g, () => encodeURIComponent(values.next().value ?? "")),
    );

const fields = `type spec name image command owner versions images resources job extra_packages
  git_repositories environment_variables scale steps ended __proto__ constructor`;
const field = fc.constantFrom(...fields.split(/\s+/));
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom("job", "image", "acme/ada/python:host", "large", "cpu", ""),
    fc.jsonValue({ maxDepth: 1 }),
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(field, tie("value"), { maxKeys: 5 }),
  ),
})).value;

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  value.map((some) => new TextEncoder().encode(JSON.stringify(some))),
);
const query = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(
    "page_size=1",
    "next_key=job.x.y",
    "cursor=a.b",
    "enforce_unknown=false",
    "as_template=True",
    "wait_seconds=0",
  ),
);

const answersAlways = async ({ ask }: Desk, what: string, body: Uint8Array) => {
  const answer = await ask(what, { bytes: body });
  expect(answer.status).toBeGreaterThanOrEqual(200);
  expect(answer.status).toBeLessThan(500);
};

describe("whatever is sent", () => {
  it("to any path is answered", async () => {
    const known = await desk();
    const request = fc.tuple(method, anyPath, query, bytes);
    await fc.assert(
      fc.asyncProperty(request, ([how, path, asked, body]) =>
        answersAlways(known, `${how} ${path}?${asked}`, body),
      ),
      { numRuns: 500 },
    );
  });

  it("to a path that leads somewhere is answered", async () => {
    const known = await desk();
    const request = fc.tuple(knownPath(await jobOf(known)), query, bytes);
    await fc.assert(
      fc.asyncProperty(request, ([what, asked, body]) =>
        answersAlways(known, `${what}?${asked}`, body),
      ),
      { numRuns: 1000 },
    );
  });

  it("as a recipe is answered, and what was made of it can be applied again", async () => {
    const known = await desk();
    const spec = fc.record({
      name: fc.stringMatching(/^[a-z]{1,8}$/),
      image: fc.constant("acme/ada/python:host"),
      instance_type: fc.constant("large"),
      command: fc.string({ minLength: 1, unit: "binary" }),
    });
    const more = fc.dictionary(field, value, { maxKeys: 3 });
    await fc.assert(
      fc.asyncProperty(spec, more, async (wanted, others) => {
        const body = { type: "job", spec: { ...others, ...wanted } };
        const answer = await known.ask("PUT /api/recipes?enforce_unknown=false", { body });
        expect(answer.status).toBeLessThan(500);
        if (answer.status !== 201) return;
        const again = await known.ask("PUT /api/recipes", { body: answer.body });
        expect(again).toMatchObject({ status: 201, body: { state: { action: "unchanged" } } });
      }),
      { numRuns: 300 },
    );
  });
});
