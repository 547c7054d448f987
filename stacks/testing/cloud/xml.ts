/** What AWS' older interfaces answer with: elements by name; a list holds elements named `member`. */
export type Xml = string | readonly Xml[] | { readonly [name: string]: Xml };

/** The elements as text. */
export function written(xml: Xml): string {
  if (typeof xml === "string")
    return xml.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  if (isList(xml)) return xml.map((inner) => `<member>${written(inner)}</member>`).join("");
  return Object.entries(xml)
    .map(([name, inner]) => `<${name}>${written(inner)}</${name}>`)
    .join("");
}

const isList = (xml: Xml): xml is readonly Xml[] => Array.isArray(xml);
