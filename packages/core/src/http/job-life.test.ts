import { describe, expect, it } from "vitest";
import { at, containing, desk, jobOf, startOf, textAt } from "../testing/index.ts";

describe("the life of a job by the typed API", () => {
  it("looks like none to everybody else", async () => {
    const known = await desk();
    const id = await jobOf(known);
    for (const what of ["GET", "PATCH", "DELETE"] as const) {
      expect(await known.ask(`${what} /api/jobs/${id}`, { as: "bob" })).toMatchObject({
        status: 404,
        body: { code: "job.not_found" },
      });
    }
    for (const what of [
      "POST start",
      "POST stop",
      "POST restart",
      "GET history",
      "GET runtimesummary",
      "GET logs",
      "GET recipe",
    ]) {
      const [method, action] = what.split(" ");
      expect(await known.ask(`${method} /api/jobs/${id}/${action}`, { as: "bob" })).toMatchObject({
        status: 404,
      });
    }
    expect(await known.ask("GET /api/jobs", { as: "bob" })).toMatchObject({ body: { jobs: [] } });
  });

  it("starts concurrent runs, of which one can be stopped by its name", async () => {
    const known = await desk();
    const id = await jobOf(known);
    const [one, two] = [await startOf(known, id), await startOf(known, id)];
    const summaries = await known.ask(`GET /api/jobs/${id}/runtimesummary`);
    const names = [0, 1].map((place) => textAt(summaries.body, "job_summaries", place, "name"));
    expect(names).toHaveLength(2);

    const name = names.find((known_) => known_.endsWith(one.run.slice(0, 8)));
    await known.ask(`POST /api/jobs/${id}/stop/${name}`);

    expect(await known.ask(`GET /api/runs/${one.run}`)).toMatchObject({
      body: { status: "stopping" },
    });
    expect(await known.ask(`GET /api/runs/${two.run}`)).toMatchObject({
      body: { status: "pending" },
    });
    expect(await known.ask(`POST /api/jobs/${id}/stop/none`)).toMatchObject({
      status: 404,
      body: { code: "run.not_found" },
    });
  });

  it("stops all its runs, also when there are none", async () => {
    const known = await desk();
    const id = await jobOf(known);
    expect(await known.ask(`POST /api/jobs/${id}/stop`)).toMatchObject({
      status: 200,
      body: { status: "stopped" },
    });
    await startOf(known, id);
    expect(await known.ask(`POST /api/jobs/${id}/stop`)).toMatchObject({
      status: 200,
      body: { status: "stopping" },
    });
  });

  it("restarts as another run", async () => {
    const known = await desk();
    const id = await jobOf(known);
    const { run } = await startOf(known, id);
    const answer = await known.ask(`POST /api/jobs/${id}/restart`, { body: { debug_mode: true } });
    expect(answer.status).toBe(200);
    expect(textAt(answer.body, "run_id")).not.toBe(run);
    expect(await known.ask(`GET /api/runs/${run}`)).toMatchObject({ body: { status: "stopping" } });
  });

  it("is removed while it runs only if that is said, or by the client that cannot say it", async () => {
    const known = await desk();
    const [one, two, three] = [
      await jobOf(known, { name: "one" }),
      await jobOf(known, { name: "two" }),
      await jobOf(known, { name: "three" }),
    ];
    for (const id of [one, two]) await startOf(known, id);
    expect(await known.ask(`DELETE /api/jobs/${one}`)).toMatchObject({
      status: 409,
      body: { code: "job.active", message: containing("allow_active=true") },
    });
    expect(await known.ask(`DELETE /api/jobs/${one}?allow_active=True`)).toMatchObject({
      status: 204,
      body: undefined,
    });
    expect(await known.askAsOldClient(`DELETE /api/jobs/${two}`)).toMatchObject({ status: 204 });
    expect(await known.ask(`DELETE /api/jobs/${three}`)).toMatchObject({ status: 204 });
    expect(await known.ask("GET /api/jobs")).toMatchObject({ body: { jobs: [] } });
  });
});

describe("the list of jobs", () => {
  it("turns its pages there and back, and refuses keys that it did not give", async () => {
    const known = await desk();
    for (const name of ["a", "b", "c"]) await jobOf(known, { name });
    const first = await known.ask("GET /api/jobs?page_size=2");
    const second = await known.ask(
      `GET /api/jobs?page_size=2&next_key=${textAt(first.body, "next_key")}`,
    );
    const back = await known.ask(
      `GET /api/jobs?page_size=2&prev_key=${textAt(second.body, "prev_key")}`,
    );
    expect(first).toMatchObject({ body: { jobs: [{ name: "a" }, { name: "b" }] } });
    expect(second).toMatchObject({ body: { jobs: [{ name: "c" }] } });
    expect(at(second.body, "next_key")).toBeUndefined();
    expect(back).toMatchObject({ body: { jobs: [{ name: "a" }, { name: "b" }] } });
    const tampered = await known.ask(
      `GET /api/jobs?next_key=${textAt(first.body, "next_key").replace(".", "A.")}`,
    );
    expect(tampered).toMatchObject({ status: 400, body: { code: "page.cursor_invalid" } });
    expect(
      await known.ask(`GET /api/images?next_key=${textAt(first.body, "next_key")}`),
    ).toMatchObject({ status: 400 });
  });

  it.each(["page_size=0", "page_size=1001", "page_size=x", "descending=maybe", "owner=A/B/C"])(
    "refuses %s",
    async (query) => {
      const { ask } = await desk();
      const answer = await ask(`GET /api/jobs?${query}`);
      expect(answer).toMatchObject({
        status: 400,
        body: { message: containing(query.split("=")[0] ?? "") },
      });
    },
  );
});
