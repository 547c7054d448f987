/** One word for bash that stands for exactly this text, whatever it holds but NUL, which bash cannot hold. */
export const quoted = (text: string): string => `'${text.replaceAll("'", () => String.raw`'\''`)}'`;

/** Several words for bash, each as `quoted`. */
export const words = (texts: readonly string[]): string => texts.map(quoted).join(" ");

/** Texts from Windows end their lines with CR LF; bash would take the CR for a part of the last word. */
export const unixLines = (text: string): string => text.replaceAll(/(?<!\r)\r+\n/g, "\n");

/** A command of bash that writes a text into a file of the agent's folder, with no program's help. */
export const written = (file: string, text: string): string =>
  `printf '%s\\n' ${quoted(unixLines(text))} >"$CASSINI_TASK/${file}"`;
