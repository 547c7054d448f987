import { toBase64Url } from "../kit/index.ts";
import type { Ids } from "../world.ts";

/** Ids that are the same in every run of a test, and spread over their first digits as random ones do. */
export function countedIds(): Ids {
  let count = 0;
  const id = () => {
    count += 1;
    const spread = Math.imul(count, 0x9e3779b1) >>> 0;
    return spread.toString(16).padStart(8, "0") + count.toString(16).padStart(24, "0");
  };
  return { id, secret: randomSecret };
}

const randomSecret = (): string =>
  toBase64Url(
    String.fromCodePoint(...crypto.getRandomValues(new Uint8Array(48)).map((byte) => byte & 0x7f)),
  );
