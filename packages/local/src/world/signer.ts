import { createHmac, timingSafeEqual } from "node:crypto";
import type { Signer } from "@cassini/core/kit";

/** How many characters a signature has: 128 bits, in hex. */
const length = 32;

/** A signer by HMAC-SHA-256 over the installation's key, cut to 128 bits. */
export function signerOf(key: Uint8Array): Signer {
  const sign = (text: string) =>
    createHmac("sha256", key).update(text).digest("hex").slice(0, length);
  return {
    sign: async (text) => sign(text),
    verify: async (text, signature) => {
      const given = Buffer.from(signature);
      return given.length === length && timingSafeEqual(Buffer.from(sign(text)), given);
    },
  };
}
