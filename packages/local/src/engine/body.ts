import type { IncomingMessage } from "node:http";

/**
 * What a request carries, whole; or, once it is more than `most` bytes, what was read until then. The rest of such a
 * request is thrown away as it comes, since a client that is cut off while it sends does not see its answer.
 */
export function bodyOf(request: IncomingMessage, most: number): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    if (request.destroyed) reject(new Error("The client has gone."));
    const over = () => resolve(Buffer.concat(pieces));
    request.on("data", (piece: Buffer) => {
      if (size > most) return;
      size += piece.length;
      pieces.push(piece);
      if (size > most) over();
    });
    request.once("end", over);
    request.once("error", reject);
    request.once("close", () => reject(new Error("The client has gone.")));
  });
}
