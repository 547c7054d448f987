import { describe, expect, it } from "vitest";
import { compile } from "./router.ts";

const table = {
  "GET /api/jobs": 1,
  "POST /api/jobs": 2,
  "GET /api/jobs/info": 3,
  "GET /api/jobs/{id}": 4,
  "DELETE /api/jobs/{id}": 5,
  "POST /api/jobs/{id}/start": 6,
  "POST /api/jobs/{job}/stop/{run}": 7,
};

describe("finding a route", () => {
  const router = compile(table);

  it("prefers a literal to a parameter", () => {
    expect(router.match("GET", "/api/jobs/info")).toMatchObject({ route: 3, path: {} });
    expect(router.match("GET", "/api/jobs/inf")).toMatchObject({ route: 4, path: { id: "inf" } });
  });

  it("goes back to the parameter where the literal leads nowhere", () => {
    expect(router.match("POST", "/api/jobs/info/start")).toMatchObject({
      route: 6,
      path: { id: "info" },
    });
  });

  it("keeps each route's own names, and decodes their values", () => {
    expect(router.match("POST", "/api/jobs/a%20b/stop/c%2Fd")).toMatchObject({
      key: "POST /api/jobs/{job}/stop/{run}",
      path: { job: "a b", run: "c/d" },
    });
  });

  it("takes a name as it is where a client did not encode it", () => {
    expect(router.match("GET", "/api/jobs/ü b")).toMatchObject({ path: { id: "ü b" } });
  });

  it("asks the literal's methods alone where there is one", () => {
    expect(() => router.match("DELETE", "/api/jobs/info")).toThrow(
      "This path does not answer DELETE. Use GET.",
    );
    expect(router.methods("/api/jobs")).toEqual(["GET", "POST"]);
  });

  it.each([
    "",
    "/",
    "/api",
    "/api/jobs/",
    "//api/jobs",
    "/api//jobs",
    "/api/jobs/x/",
    "/API/jobs",
    "/api/jobs;x=1",
    "/api/jobs/%",
    "api/jobs",
    "/api/./jobs",
    "/api/x/../jobs",
    `/api/jobs${"/x".repeat(5000)}`,
  ])("finds nothing at %j", (path) => {
    expect(() => router.match("GET", path)).toThrow("There is nothing at");
    expect(router.methods(path)).toEqual([]);
  });
});
