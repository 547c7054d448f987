import { runAll } from "./checks.ts";

/** `npm run fix`: repairs what a tool can repair, then puts it in form. */
const repaired = await runAll([{ name: "lint", line: ["oxlint", "--fix"] }]);
const formed = await runAll([{ name: "format", line: ["oxfmt"] }]);
if (!repaired || !formed) process.exitCode = 1;
