import { takeLock } from "../engine/lock.ts";
import { startDynoxide } from "../engine/dynoxide.ts";
import { testLog } from "./log.ts";

/** A server in short, as a process of its own: `node server-on-home.ts <home> <port>`. Says what came of it in one line, and stays. */
const [home = "", port = "0"] = process.argv.slice(2);
try {
  takeLock(home, Number(port));
  const { endpoint } = await startDynoxide({ home, log: testLog().log });
  process.stdout.write(`ready ${endpoint}\n`);
  process.stdin.resume();
} catch (error) {
  process.stdout.write(`refused ${error instanceof Error ? error.message : "?"}\n`);
}
