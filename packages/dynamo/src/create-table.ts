import {
  CreateTableCommand,
  DescribeTableCommand,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
  type KeySchemaElement,
} from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { setTimeout as sleep } from "node:timers/promises";
import { tableDefinition, type Key } from "@cassini/core/kit";

/** Creates the table of that name, and ends once it can be used; one that exists already is left as it is. */
export async function createTable(client: DynamoDBDocumentClient, name: string): Promise<void> {
  if (await created(client, name)) {
    await active(client, name);
    const TimeToLiveSpecification = { Enabled: true, AttributeName: tableDefinition.timeToLive };
    await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
  }
  await active(client, name);
}

async function created(client: DynamoDBDocumentClient, name: string): Promise<boolean> {
  const { key, indexes } = tableDefinition;
  const texts = [key, ...indexes.map((index) => index.key)].flatMap(({ pk, sk }) => [pk, sk]);
  const request = new CreateTableCommand({
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: texts.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    KeySchema: schemaOf(key),
    GlobalSecondaryIndexes: indexes.map((index) => ({
      IndexName: index.name,
      KeySchema: schemaOf(index.key),
      Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: [...index.include] },
    })),
  });
  try {
    await client.send(request);
    return true;
  } catch (error) {
    if (error instanceof ResourceInUseException) return false;
    throw error;
  }
}

const schemaOf = ({ pk, sk }: Key): KeySchemaElement[] => [
  { AttributeName: pk, KeyType: "HASH" },
  { AttributeName: sk, KeyType: "RANGE" },
];

/** Waits until the table serves requests; a fresh one takes some seconds on AWS, and no time locally. */
async function active(client: DynamoDBDocumentClient, name: string): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  if (Table?.TableStatus === "ACTIVE") return;
  await sleep(500);
  await active(client, name);
}
