import { App } from "sst/constructs";
import { initProject } from "sst/project.js";
import { register } from "../index.ts";

const stage = "test";
const region = "us-east-1";

/**
 * Synthesises every stack without an account or a network, and answers the folder with the templates.
 * SST asks for no credentials where NODE_ENV is "test". At most one synthesis per checkout at a time.
 */
export async function synthesise(): Promise<string> {
  process.env["SST_TELEMETRY_DISABLED"] = "1";
  process.env["CDK_HOME"] = ".sst/cdk-home";
  await initProject({ stage, region });
  const app = new App(
    { name: "cassini", stage, region, account: "123456789012", mode: "deploy" },
    { outdir: ".sst/test-out" },
  );
  register(app);
  await app.finish();
  const { manifest, directory } = app.synth();
  if (manifest.missing?.length) {
    throw new Error(`These look-ups need AWS: ${JSON.stringify(manifest.missing)}`);
  }
  return directory;
}
