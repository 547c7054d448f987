import { launch } from "./launch.mjs";

launch({ needs: "local", program: "packages/cli/src/bin.ts", args: process.argv.slice(2) });
