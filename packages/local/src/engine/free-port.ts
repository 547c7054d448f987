import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** Below the ports from which systems take those of outgoing connections: one of these could meet the port while its server is away. */
const range = [20_000, 30_000] as const;

/** A port of this machine's loopback address that nobody listens on. */
export async function freePort(): Promise<number> {
  const port = randomInt(...range);
  return (await isFree(port)) ? port : freePort();
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen(port, "127.0.0.1", () => probe.close(() => resolve(true)));
  });
