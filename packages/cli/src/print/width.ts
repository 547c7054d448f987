const segmenter = new Intl.Segmenter();
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u;
const plain = /^[\x20-\x7e]*$/;

/** How many places of a terminal a text takes. */
export const widthOf = (text: string): number =>
  plain.test(text) ? text.length : pieces(text).reduce((sum, piece) => sum + placesOf(piece), 0);

/** The text, or as much of it as fits with a sign that something is left out. */
export function fitted(text: string, places: number): string {
  if (widthOf(text) <= places) return text;
  let kept = "";
  for (const piece of pieces(text)) {
    if (widthOf(kept) + placesOf(piece) > places - 1) break;
    kept += piece;
  }
  return places < 1 ? "" : `${kept}…`;
}

const readable = 80;

/** Sentences in lines that are easy to read; what is indented stays as it is. */
export const wrapped = (text: string): string =>
  text
    .trimEnd()
    .split("\n")
    .map((line) => (line.startsWith(" ") ? `${line}\n` : paragraph(line)))
    .join("");

function paragraph(line: string): string {
  const [first = "", ...words] = line.split(" ");
  const lines = [first];
  for (const word of words) {
    const longer = `${lines.at(-1)} ${word}`;
    if (longer.length > readable) lines.push(word);
    else lines.splice(-1, 1, longer);
  }
  return `${lines.join("\n")}\n`;
}

/** One line of printable text: what could move the cursor or colour the screen becomes a sign of itself. */
export const printable = (text: string): string =>
  text.replaceAll(/\s+/g, " ").replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");

const pieces = (text: string): readonly string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment);
const placesOf = (piece: string): number => (wide.test(piece) ? 2 : 1);
