import type { SSTConfig } from "sst";
import { register } from "./stacks/index.ts";

const config: SSTConfig = {
  config: () => ({ name: "cassini", region: process.env["AWS_REGION"] ?? "us-east-1" }),
  stacks(app) {
    register(app);
  },
};

// oxlint-disable-next-line import/no-default-export -- SST reads the default export
export default config;
