import { once } from "node:events";
import { startCompute } from "../world/compute.ts";
import { testLog } from "./log.ts";

/** Holds a driver as a server does, and says the number of its agent: `node driver-holder.ts <home> <address>`. */
const [home = "", baseUrl = ""] = process.argv.slice(2);
const driver = await startCompute({ home, baseUrl, log: testLog().log });
process.stdout.write(`${driver.agent()}\n`);
await once(process.stdin, "end");
