import { Template, type Kept } from "./kept.ts";

/** The template of a stack: in the request itself, or uploaded before. */
export function template(kept: Kept, form: URLSearchParams): Template {
  const text = form.get("TemplateBody") ?? uploaded(kept, form.get("TemplateURL") ?? "");
  return Template.parse(JSON.parse(text));
}

function uploaded(kept: Kept, address: string): string {
  const file = address.split("/").at(-1) ?? "";
  const found = [...kept.objects].find(([path]) => path.endsWith(`/${file}`));
  if (!found) throw new Error(`Nothing was uploaded for ${address}.`);
  return found[1].toString();
}
