/** A text of a user's as it can be repeated in a sentence: short, on one line, and without what may be a password in an address. */
export function shown(text: string, length = 200): string {
  const secret = text.indexOf("//") + 2;
  const end = text.lastIndexOf("@");
  const open = secret >= 2 && end > secret ? `${text.slice(0, secret)}***${text.slice(end)}` : text;
  return open.replaceAll(/\p{Cc}/gu, "?").slice(0, length);
}
