import { failures } from "@cassini/core/kit";
import { Http } from "@cassini/core/http";
import { code, page, table } from "./markdown.ts";

const lead = `Whatever fails says so in one sentence with the way out. Codes are permanent; go by them, not by the sentence.
The API answers \`{"message", "code", "status"}\`; status and retry follow from the kind: \`busy\` and \`limited\` can be tried again as they are,
\`conflict\` after reading again, the others not without a change.`;

/** Who can fail, and the modules that declare how. What one declares is not told again by those after it. */
const speakers = [
  { title: "The API", load: () => import("@cassini/core/app") },
  {
    title: "The server on one machine",
    load: async () => [
      await import("../../packages/local/src/run.ts"),
      await import("../../packages/local/src/serve.ts"),
      await import("../../packages/local/src/runtime.ts"),
    ],
  },
];

/** Every failure that the code declares, by code. */
export async function failuresPage(): Promise<string> {
  const told = new Set<string>();
  const parts: string[] = [];
  for (const { title, load } of speakers) {
    await load();
    const fresh = failures().filter((failure) => !told.has(failure.code));
    for (const failure of fresh) told.add(failure.code);
    parts.push([`## ${title}`, listed(fresh)].join("\n\n"));
  }
  return page("Failures", lead, parts);
}

function listed(known: ReturnType<typeof failures>): string {
  const rows = known.map(({ kind, code: name, example }) => [
    code(name),
    kind,
    String(Http.statusOf[kind]),
    escaped(example),
  ]);
  return table(["code", "kind", "status", "sentence"], rows);
}

/** Placeholders outside of code would be taken for HTML. */
const escaped = (sentence: string): string =>
  sentence
    .split("`")
    .map((part, at) => (at % 2 === 0 ? part.replaceAll("<", String.raw`\<`) : part))
    .join("`");
