import { once } from "node:events";
import { HomeTaken, takeLock } from "../engine/lock.ts";

/** Says that it is there; told to go, tries to take many homes as fast as it can, says which it got, and stays: `node lock-racer.ts <home>...`. */
process.stdout.write("here\n");
await once(process.stdin, "data");
const taken = process.argv.slice(2).filter((home) => {
  try {
    takeLock(home, process.pid);
    return true;
  } catch (error) {
    if (HomeTaken.is(error)) return false;
    throw error;
  }
});
process.stdout.write(`${JSON.stringify(taken)}\n`);
process.stdin.resume();
