import { randomBytes } from "node:crypto";
import { failure } from "@cassini/core/kit";
import { readIfThere, writePrivate } from "./private-file.ts";

const bytes = 32;

const KeyUnusable = failure<{ path: string }>(
  "broken",
  "home.key_unusable",
  ({ path }) =>
    `The file ${path} is not the secret key of this installation. Put back the one from your backup; without it, cursors and tickets made before are void.`,
);

/** The installation's secret key: made once, then never changed. Fails with `home.key_unusable`. */
export async function secretKey(path: string): Promise<Uint8Array> {
  const known = await readIfThere(path);
  if (known?.length === bytes) return known;
  if (known) throw KeyUnusable({ path });
  const key = randomBytes(bytes);
  await writePrivate(path, key);
  return key;
}
