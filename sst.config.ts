import type { SSTConfig } from "sst";
import { place, register } from "./stacks/index.ts";

const config: SSTConfig = {
  config: () => place,
  stacks(app) {
    register(app);
  },
};

export default config;
