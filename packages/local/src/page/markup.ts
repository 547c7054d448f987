/** Text that is HTML already. */
export interface Html {
  readonly html: string;
}

/** HTML from a template: every value in it is shown as the text it is, unless it is HTML itself. */
export function markup(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Html | readonly Html[])[]
): Html {
  const told = values.map((value) =>
    typeof value === "object" ? joined(value) : escaped(String(value)),
  );
  return { html: strings.map((text, at) => text + (told[at] ?? "")).join("") };
}

const joined = (value: Html | readonly Html[]): string =>
  "html" in value ? value.html : value.map((one) => one.html).join("");

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escaped = (text: string): string =>
  text.replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? "");
