import { indexNames } from "@cassini/core/kit";
import { Match, Template } from "aws-cdk-lib/assertions";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { synthesise } from "./testing/synthesise.ts";

const synthesisMilliseconds = 120_000;
const templates = new Map<string, Template>();

beforeAll(async () => {
  const folder = await synthesise();
  const json: Record<string, unknown> = JSON.parse(await readFile(join(folder, "test-cassini-Store.template.json"), "utf8"));
  templates.set("Store", Template.fromJSON(json));
}, synthesisMilliseconds);

function store(): Template {
  const template = templates.get("Store");
  if (!template) throw new Error("The store's stack was not synthesised.");
  return template;
}

describe("the table on AWS", () => {
  it("is the only one", () => {
    expect(Object.keys(store().findResources("AWS::DynamoDB::Table"))).toHaveLength(1);
  });
});
