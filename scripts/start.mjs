import { launch } from "./launch.mjs";

launch({ needs: "local", program: "packages/local/src/main.ts", args: process.argv.slice(2) });
