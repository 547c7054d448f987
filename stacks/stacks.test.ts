import { indexNames } from "@cassini/core/kit";
import { Match, Template } from "aws-cdk-lib/assertions";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { synthesise } from "./testing/synthesise.ts";

const Json = z.record(z.string(), z.unknown());
const Index = z.object({ IndexName: z.string() });
const Table = z.object({
  Type: z.literal("AWS::DynamoDB::Table"),
  Properties: z.object({ GlobalSecondaryIndexes: z.array(Index) }),
});

const synthesisMilliseconds = 120_000;
let store: Template;

beforeAll(async () => {
  const file = join(await synthesise(), "test-cassini-Store.template.json");
  store = Template.fromJSON(Json.parse(JSON.parse(await readFile(file, "utf8"))));
}, synthesisMilliseconds);

const tables = () =>
  Object.values(store.findResources("AWS::DynamoDB::Table")).map((table) => Table.parse(table));

const keys = (pk: string, sk: string) => [
  { AttributeName: pk, KeyType: "HASH" },
  { AttributeName: sk, KeyType: "RANGE" },
];

describe("the table on AWS", () => {
  it("is the only one, and has the indexes that the domain lists by", () => {
    const names = tables().map(({ Properties }) =>
      Properties.GlobalSecondaryIndexes.map((index) => index.IndexName),
    );
    expect(names).toEqual([[...indexNames]]);
  });

  it.each(indexNames)("shows summaries alone in %s", (name) => {
    const index = {
      IndexName: name,
      KeySchema: keys(`${name}_pk`, `${name}_sk`),
      Projection: {
        ProjectionType: "INCLUDE",
        NonKeyAttributes: ["summary", "type", "version", "ttl"],
      },
    };
    expect(() =>
      store.hasResourceProperties("AWS::DynamoDB::Table", {
        GlobalSecondaryIndexes: Match.arrayWith([index]),
      }),
    ).not.toThrow();
  });

  it("costs nothing while nobody asks, and tells its stream what was written", () => {
    const properties = {
      KeySchema: keys("pk", "sk"),
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      StreamSpecification: { StreamViewType: "NEW_IMAGE" },
    };
    expect(() => store.hasResourceProperties("AWS::DynamoDB::Table", properties)).not.toThrow();
  });

  it("can be brought back to any second of its last weeks, and outlives its stack", () => {
    const kept = {
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      },
    };
    expect(() => store.hasResource("AWS::DynamoDB::Table", kept)).not.toThrow();
  });
});
