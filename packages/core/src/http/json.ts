import { BodyNotJson } from "./failure.ts";

/** The value of a JSON text; fails with `body.not_json`, which names the first character that does not fit. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw BodyNotJson(placeOf(text), error);
  }
}

function placeOf(text: string): { where: string; found: string } {
  const at = firstMisfit(text);
  const before = text.slice(0, at).split("\n");
  const where = `line ${before.length}, column ${(before.at(-1) ?? "").length + 1}`;
  const found =
    at >= text.length
      ? "its end, too early"
      : `\`${String.fromCodePoint(text.codePointAt(at) ?? 0)}\``;
  return { where, found };
}

/** The parser does not always say where it stopped, so the place is searched: the longest beginning that could still go on. */
function firstMisfit(text: string): number {
  let fits = 0;
  let fails = text.length + 1;
  while (fails - fits > 1) {
    const middle = (fits + fails) >> 1;
    if (couldGoOn(text.slice(0, middle))) fits = middle;
    else fails = middle;
  }
  return fits;
}

function couldGoOn(beginning: string): boolean {
  try {
    JSON.parse(beginning);
    return true;
  } catch (error) {
    const told = error instanceof Error ? error.message : "";
    if (/unterminated|end of JSON/i.test(told)) return true;
    const position = /position (\d+)/.exec(told)?.[1];
    return position !== undefined && Number(position) >= beginning.length;
  }
}
