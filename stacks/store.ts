import { tableDefinition } from "@cassini/core/app";
import { RemovalPolicy } from "aws-cdk-lib/core";
import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
} from "aws-cdk-lib/aws-dynamodb";
import type { StackContext } from "sst/constructs";

/** A key attribute: all of the table's keys are texts. */
const text = (name: string) => ({ name, type: AttributeType.STRING });

/** The one table, with its indexes. It outlives its stack: nothing that is deployed or removed takes data with it. */
export function StoreStack({ stack }: StackContext): { table: Table } {
  const { key, indexes, timeToLive } = tableDefinition;
  const table = new Table(stack, "Table", {
    partitionKey: text(key.pk),
    sortKey: text(key.sk),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: timeToLive,
    // The outbox is read from here; its rows are complete when they are written.
    stream: StreamViewType.NEW_IMAGE,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  for (const index of indexes) {
    table.addGlobalSecondaryIndex({
      indexName: index.name,
      partitionKey: text(index.key.pk),
      sortKey: text(index.key.sk),
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...index.include],
    });
  }
  stack.addOutputs({ TableName: table.tableName });
  return { table };
}
