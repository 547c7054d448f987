import { enableCompileCache } from "node:module";

/** The agent of one host: `main.ts <directory of tasks> <address of the server>`. */
const [tasks, url] = process.argv.slice(2);
if (tasks === undefined || url === undefined)
  throw new Error("Usage: main.ts <directory of tasks> <address of the server>");

// Without it each agent would load the compiler for types, which takes as much memory as all the rest.
enableCompileCache();
const { run } = await import("./agent.ts");
await run(tasks, url);
