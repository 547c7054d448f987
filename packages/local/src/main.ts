import { enableCompileCache } from "node:module";

// What the launcher does too; here for those who start this file directly. Everything else is loaded after it.
enableCompileCache();
const { run } = await import("./run.ts");
await run(process.argv.slice(2));
