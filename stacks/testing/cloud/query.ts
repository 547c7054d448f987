import { account, type Kept } from "./kept.ts";
import { template } from "./template.ts";
import { written, type Xml } from "./xml.ts";

/** An answer of the stand-in. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Answers the actions of STS and CloudFormation that a deployment asks for. Every stack is complete at once. */
export function query(kept: Kept, form: URLSearchParams): Answer {
  const action = form.get("Action") ?? "";
  const outcome = actions[action]?.(kept, form);
  if (outcome === undefined) return refused(`There is no ${action || "action"} here.`);
  if (typeof outcome === "string") return refused(outcome);
  return {
    status: 200,
    body: written({ [`${action}Response`]: { [`${action}Result`]: outcome } }),
  };
}

const refused = (Message: string): Answer => ({
  status: 400,
  body: written({ ErrorResponse: { Error: { Type: "Sender", Code: "ValidationError", Message } } }),
});

/** The elements of the answer, or why there is none. */
type Outcome = { readonly [name: string]: Xml } | string;

const actions: Readonly<Record<string, (kept: Kept, form: URLSearchParams) => Outcome>> = {
  GetCallerIdentity: () => ({
    Arn: `arn:aws:iam::${account}:user/test`,
    UserId: "TEST",
    Account: account,
  }),
  AssumeRole: () => ({
    Credentials: {
      AccessKeyId: "TEST",
      SecretAccessKey: "test",
      SessionToken: "test",
      Expiration: "2099-01-01T00:00:00Z",
    },
    AssumedRoleUser: {
      Arn: `arn:aws:sts::${account}:assumed-role/test/test`,
      AssumedRoleId: "TEST:test",
    },
  }),
  DescribeStacks: (kept, form) => described(kept, nameIn(form)),
  CreateStack: (kept, form) => keep(kept, form),
  UpdateStack: (kept, form) => keep(kept, form),
  DescribeStackResources: (kept, form) => ({ StackResources: resources(kept, nameIn(form)) }),
  DescribeStackEvents: () => ({ StackEvents: [] }),
  DeleteStack: () => ({}),
};

/** A stack is asked for by its name or by its whole address. */
const nameIn = (form: URLSearchParams): string =>
  (form.get("StackName") ?? "").replace(/^arn:.*:stack\/([^/]+)\/.*$/, "$1");

const addressOf = (name: string): string =>
  `arn:aws:cloudformation:us-east-1:${account}:stack/${name}/1`;

function described(kept: Kept, name: string): Outcome {
  const outputs =
    kept.bootstrap[name] ?? (kept.stacks.has(name) ? { SSTMetadata: "{}" } : undefined);
  if (!outputs) return `Stack with id ${name} does not exist`;
  const stack = {
    StackName: name,
    StackId: addressOf(name),
    CreationTime: "2026-01-01T00:00:00Z",
    StackStatus: "CREATE_COMPLETE",
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
    })),
  };
  return { Stacks: [stack] };
}

function keep(kept: Kept, form: URLSearchParams): Outcome {
  const name = nameIn(form);
  kept.stacks.set(name, template(kept, form));
  return { StackId: addressOf(name) };
}

const resources = (kept: Kept, name: string): Xml =>
  Object.entries(kept.stacks.get(name)?.Resources ?? {}).map(([LogicalResourceId, { Type }]) => ({
    LogicalResourceId,
    PhysicalResourceId: `${LogicalResourceId}-1`,
    ResourceType: Type,
    ResourceStatus: "CREATE_COMPLETE",
    Timestamp: "2026-01-01T00:00:00Z",
  }));
