import { failure } from "@cassini/core/kit";

/** What every file ends with, so that a key and the beginning of a longer one can both be there. */
const leaf = ".bin";

const KeyRefused = failure<{ key: string }>(
  "broken",
  "objects.key_refused",
  ({ key }) =>
    `The key ${JSON.stringify(key)} cannot name an object: its parts must be 1 to 200 bytes and none may be \`.\` or \`..\`.`,
);

/** An entry of a folder as the keys see it: `text` is its part of the key, with a slash at the end for a folder. */
export interface Named {
  readonly name: string;
  readonly text: string;
  readonly isFolder: boolean;
}

/** The path of a key's file, below the folder of all. Fails with `objects.key_refused`. */
export function fileOf(key: string): string {
  const parts = key.split("/");
  return [
    ...parts.slice(0, -1).map((part) => folderPart(part, key)),
    escaped(parts.at(-1) ?? "", key) + leaf,
  ].join("/");
}

/** The path of the folder whose keys begin with `base`, which is empty or ends in a slash. */
export const folderOf = (base: string): string =>
  base
    .split("/")
    .slice(0, -1)
    .map((part) => folderPart(part, base))
    .join("/");

/** A prefix, as the folder that its keys lie in and what their next part begins with. */
export function placeOf(prefix: string): { base: string; rest: string } {
  const at = prefix.lastIndexOf("/") + 1;
  return { base: prefix.slice(0, at), rest: prefix.slice(at) };
}

/** What an entry of a folder stands for; undefined for a file on its way. */
export function keyOf(entry: { name: string; isDirectory(): boolean }): Named | undefined {
  const { name } = entry;
  if (name.startsWith(".")) return undefined;
  if (entry.isDirectory()) return { name, text: `${decodeURIComponent(name)}/`, isFolder: true };
  return { name, text: decodeURIComponent(name.slice(0, -leaf.length)), isFolder: false };
}

/** The order of texts by their UTF-8 bytes, which JavaScript's own order is only for plain ones. */
export function byText(one: string, other: string): number {
  if (one === other) return 0;
  if (plain.test(one) && plain.test(other)) return one < other ? -1 : 1;
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

const plain = /^[ -~]*$/;

/** A folder never ends like a file, and none of them begins with the dot of a file on its way. */
const folderPart = (part: string, key: string): string =>
  escaped(part, key).replace(/\.bin$/, "%2Ebin");

/** Anything but plain characters is escaped, so that no part leads elsewhere or differs by case folding of accents. */
function escaped(part: string, key: string): string {
  const text = encoded(part, key).replace(/^\./, "%2E");
  if (part === "" || part === "." || part === ".." || text.length > 200) throw KeyRefused({ key });
  return text;
}

function encoded(part: string, key: string): string {
  try {
    return encodeURIComponent(part);
  } catch (error) {
    throw KeyRefused({ key }, error);
  }
}
