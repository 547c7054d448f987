import { execFile } from "node:child_process";
import { cp, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { cloud } from "./testing/cloud/cloud.ts";

const root = join(import.meta.dirname, "..");
const deployMilliseconds = 180_000;

/** A checkout of its own: SST writes into the one that it runs in, so two at once would mix. */
async function checkout(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), "cassini-deploy-"));
  for (const part of ["package.json", "sst.config.ts", "stacks"])
    await cp(join(root, part), join(path, part), { recursive: true });
  await symlink(join(root, "node_modules"), join(path, "node_modules"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

describe("deploying", () => {
  it(
    "hands the store to CloudFormation, with the pinned tools as they were installed",
    async () => {
      await using aws = await cloud();
      await using copy = await checkout();

      const { stdout } = await deploy(copy.path, aws.url);

      expect(stdout).toContain("Deployed");
      expect(typesIn(aws.stacks.get("rehearsal-cassini-Store"))).toContain("AWS::DynamoDB::Table");
    },
    deployMilliseconds,
  );
});

function deploy(cwd: string, endpoint: string): Promise<{ stdout: string }> {
  const env = {
    PATH: process.env["PATH"],
    HOME: cwd,
    CI: "true",
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-east-1",
    AWS_EC2_METADATA_DISABLED: "true",
    SST_TELEMETRY_DISABLED: "1",
  };
  const sst = join(root, "node_modules/sst/cli/sst.js");
  return promisify(execFile)(process.execPath, [sst, "deploy", "--stage", "rehearsal"], {
    cwd,
    env,
  });
}

const typesIn = (
  template: { Resources: Record<string, { Type: string }> } | undefined,
): readonly string[] => Object.values(template?.Resources ?? {}).map(({ Type }) => Type);
