import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Document, YAMLError } from "yaml";
import { FileUnreadable, RecipeUnreadable } from "../failure.ts";
import type { Io } from "../io.ts";

/** One document of a file, and how to name it to its author. */
export interface Recipe {
  readonly where: string;
  readonly content: Readonly<Record<string, unknown>>;
}

/** Every document of a file, or of the standard input for `-`. JSON is YAML too. Fails at the first that cannot be read. */
export async function readRecipes(
  path: string,
  io: Pick<Io, "cwd" | "stdin">,
): Promise<readonly Recipe[]> {
  const text = path === "-" ? await io.stdin.read() : await textOf(resolve(io.cwd, path), path);
  const file = path === "-" ? "the standard input" : path;
  const { parseAllDocuments } = await import("yaml");
  const documents: readonly Document[] = [...parseAllDocuments(text, { merge: true })];
  const recipes = documents.flatMap((document, at) => {
    const where = documents.length > 1 ? `${file}, document ${at + 1}` : file;
    const content = contentOf(document, where);
    // Between two marks there may be comments alone.
    return content === null ? [] : [recipeOf(content, where)];
  });
  if (recipes.length === 0)
    throw RecipeUnreadable({
      where: file,
      why: "There is nothing in it. `cassini help apply` shows a recipe.",
    });
  return recipes;
}

async function textOf(path: string, named: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw FileUnreadable({ path: named, why: reasonOf(error) }, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "you may not read it",
  EISDIR: "it is a folder",
};

const reasonOf = (error: unknown): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? (error instanceof Error ? error.message : String(error));
};

function contentOf(document: Document, where: string): unknown {
  const [problem] = document.errors;
  if (problem) throw RecipeUnreadable({ where: placeOf(where, problem), why: sentenceOf(problem) });
  try {
    return document.toJS();
  } catch (error) {
    throw RecipeUnreadable({ where, why: "Its aliases unfold to more than can be meant." }, error);
  }
}

function recipeOf(content: unknown, where: string): Recipe {
  if (isRecord(content)) return { where, content };
  throw RecipeUnreadable({
    where,
    why: "A recipe has fields such as type and spec, and this has none. `cassini help apply` shows one.",
  });
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const placeOf = (where: string, { linePos }: YAMLError): string =>
  linePos ? `${where}, line ${linePos[0].line}, column ${linePos[0].col}` : where;

/** The parser's sentence, without the excerpt it goes on with. */
const sentenceOf = ({ message }: YAMLError): string =>
  `${(message.split(/ at line \d|\n/)[0] ?? message).replace(/\.$/, "")}.`;
