import { describe, expect, it } from "vitest";
import { Http } from "../http/index.ts";
import { isFailure, kinds } from "../kit/index.ts";
import { Client } from "./index.ts";

type Sent = Parameters<Client.Fetch>;

/** A server that answers everything alike, and what it was asked. */
function scripted(status: number, body: string): { api: Client.Api; sent: Sent[] } {
  const sent: Sent[] = [];
  const fetch: Client.Fetch = async (...asked) => {
    sent.push(asked);
    return { status, text: async () => body };
  };
  return { api: Client.connect({ baseUrl: "http://cassini.test/", token: "t", fetch }), sent };
}

describe("asking a route", () => {
  it("puts the path's values into the path, and the rest of a question into its query", async () => {
    const { api, sent } = scripted(200, "{}");
    await api("GET /api/recipes/{type}/{name}", {
      type: "job",
      name: "a/b ü",
      owner_name: "acme/ada",
      as_template: true,
    });
    expect(sent).toEqual([
      [
        "http://cassini.test/api/recipes/job/a%2Fb%20%C3%BC?owner_name=acme%2Fada&as_template=true",
        { method: "GET", headers: { accept: "application/json", authorization: "Bearer t" } },
      ],
    ]);
  });

  it("puts the rest of an order into its body, and its query where that is said", async () => {
    const { api, sent } = scripted(201, "{}");
    await api(
      "POST /api/recipes",
      { type: "job", spec: { name: "x" } },
      { query: { enforce_unknown: false } },
    );
    expect(sent).toEqual([
      [
        "http://cassini.test/api/recipes?enforce_unknown=false",
        {
          method: "POST",
          headers: {
            accept: "application/json",
            "content-type": "application/json",
            authorization: "Bearer t",
          },
          body: '{"type":"job","spec":{"name":"x"}}',
        },
      ],
    ]);
  });

  it("sends no body where there is nothing to say, and leaves out what is not said", async () => {
    const { api, sent } = scripted(204, "");
    await api("POST /api/jobs/{id}/start", { id: "1" });
    await api("GET /api/runs", { job_id: undefined, page_size: 5 });
    expect(sent.map(([url, { body }]) => [url, body])).toEqual([
      ["http://cassini.test/api/jobs/1/start", undefined],
      ["http://cassini.test/api/runs?page_size=5", undefined],
    ]);
  });

  it("answers with what the server says, and with nothing where it says nothing", async () => {
    expect(await scripted(200, '{"status":"ok","version":"1"}').api("GET /api/status", {})).toEqual(
      { status: "ok", version: "1" },
    );
    expect(await scripted(204, "").api("DELETE /api/jobs/{id}", { id: "1" })).toBeUndefined();
  });

  it.each(["", ".", ".."])(
    "refuses the name `%s`, which would lead to another path",
    async (name) => {
      const { api, sent } = scripted(200, "{}");
      await expect(
        api("GET /api/recipes/{type}/{name}", { type: "job", name }),
      ).rejects.toMatchObject({ kind: "invalid" });
      expect(sent).toEqual([]);
    },
  );
});

describe("a refusal", () => {
  it.each(kinds)("of kind %s keeps its kind, code and sentence on the way", async (kind) => {
    const { api } = scripted(
      Http.statusOf[kind],
      '{"message":"It is so.","code":"noun.problem","status":0}',
    );
    const refusal = await api("GET /api/user", {}).catch((error: unknown) => error);
    expect(refusal).toMatchObject({
      kind,
      code: "noun.problem",
      message: "It is so.",
      status: Http.statusOf[kind],
    });
    expect(isFailure(refusal)).toBe(true);
  });

  it("has the statuses that the server has", () => {
    expect(Client.statusOf).toEqual(Http.statusOf);
  });

  it.each([
    [502, "<html>Bad Gateway</html>", "busy"],
    [504, "", "busy"],
    [418, "{}", "invalid"],
    [599, "[]", "broken"],
    [200, '{"jobs":[{"id":"cut', "broken"],
    [200, "<html>Sign in to this café</html>", "broken"],
  ])("with status %i and the body `%s` comes from somebody else", async (status, body, kind) => {
    await expect(scripted(status, body).api("GET /api/user", {})).rejects.toMatchObject({
      code: "reply.foreign",
      kind,
    });
  });
});

describe("a server that does not answer", () => {
  it("is unreachable, which may pass", async () => {
    const cause = new TypeError("fetch failed");
    const fetch = async () => Promise.reject(cause);
    const api = Client.connect({ baseUrl: "http://127.0.0.1:1", fetch });
    await expect(api("GET /api/user", {})).rejects.toMatchObject({
      code: "server.unreachable",
      kind: "busy",
      message: "No server answers at http://127.0.0.1:1.",
      cause,
    });
  });

  it("is unreachable too when the connection breaks within the answer", async () => {
    const fetch = async () => ({
      status: 200,
      text: async () => Promise.reject(new TypeError("terminated")),
    });
    const api = Client.connect({ baseUrl: "http://127.0.0.1:1", fetch });
    await expect(api("GET /api/user", {})).rejects.toMatchObject({ code: "server.unreachable" });
  });

  it("is not blamed when the asker gives up", async () => {
    const reason = new Error("enough");
    const fetch: Client.Fetch = async (_, { signal }) => Promise.reject(signal?.reason);
    const api = Client.connect({ baseUrl: "http://127.0.0.1:1", fetch });
    await expect(api("GET /api/user", {}, { signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
  });
});
