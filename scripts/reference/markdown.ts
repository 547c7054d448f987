/** A text set as code; what stands for "nothing" stays empty. */
export const code = (text: string): string => (text === "" ? "" : `\`${text}\``);

/** A table in the one style of the reference. A bar within a cell is escaped, a line break becomes a space. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}

const cell = (text: string): string => text.replaceAll("|", String.raw`\|`).replaceAll("\n", " ");

/** A page: its title, a sentence on what it lists, and its parts, each divided by an empty line. */
export function page(title: string, lead: string, parts: readonly string[]): string {
  const origin = "<!-- Made by `npm run docs` from the code; change it there. -->";
  return `${[`# ${title}`, origin, lead, ...parts].join("\n\n")}\n`;
}

/** Names in a sentence: "a, b or c". */
export function oneOf(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} or ${last}`;
}
