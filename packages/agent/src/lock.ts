import { createHash } from "node:crypto";
import { realpathSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/**
 * Waits until no other agent looks after the directory, and holds it until this process ends, however it does: the lock is a
 * socket's name in the kernel, which goes with its process, so there is nothing that could be left behind.
 */
export async function holdAlone(directory: string, waiting: () => void): Promise<void> {
  const path = `\0cassini-agent-${createHash("sha256").update(realpathSync(directory)).digest("hex")}`;
  for (let tries = 0; !(await held(path)); tries += 1) {
    if (tries === 0) waiting();
    await pause(50);
  }
}

const held = (path: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(false) : reject(error),
    );
    server.listen({ path }, () => resolve(true));
  });
