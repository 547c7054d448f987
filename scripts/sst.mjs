/* Runs the SST command line as this repository pins it: `npm run deploy -- --stage prod`. */
import { launch } from "./launch.mjs";

launch({ needs: "all", program: "node_modules/sst/cli/sst.js", args: process.argv.slice(2) });
