import { Http } from "@cassini/core/http";
import { failures } from "@cassini/core/kit";
import { code, page, table } from "./markdown.ts";

const lead = `Whatever fails answers \`{"message", "code", "status"}\`. Codes are permanent; go by them, not by the sentence.
Status and retry follow from the kind: \`busy\` and \`limited\` can be tried again as they are, \`conflict\` after reading again, the others not without a change.`;

/** Every failure that the code declares, by code. */
export function failuresPage(): string {
  const rows = failures().map(({ kind, code: name, example }) => [
    code(name),
    kind,
    String(Http.statusOf[kind]),
    escaped(example),
  ]);
  return page("Failures", lead, [table(["code", "kind", "status", "sentence"], rows)]);
}

/** Placeholders outside of code would be taken for HTML. */
const escaped = (sentence: string): string =>
  sentence
    .split("`")
    .map((part, at) => (at % 2 === 0 ? part.replaceAll("<", String.raw`\<`) : part))
    .join("`");
