import { command, type Asked, type Outcome } from "../command.ts";
import { FollowNeedsOneJob, WordsUnfit } from "../failure.ts";
import { atMost } from "../line/words.ts";
import { begin } from "../log/begin.ts";
import { toneOf, type Paper } from "../print/paper.ts";
import { applyOne, type Answered, type Applied } from "../recipe/apply.ts";
import { example } from "../recipe/example.ts";
import { readRecipes, type Recipe } from "../recipe/read.ts";

export const apply = command({
  summary: "Make or change jobs and images from a file",
  usage: ["apply -f FILE [--start] [--follow]"],
  about: `A recipe says what is to be: applying it again changes only what differs, and what it leaves out takes its default. A file may hold several, set apart by ---, in YAML or JSON, and sets in the older layout; - is the standard input. All of it is read before any of it is sent. A whole recipe:\n\n${example}`,
  examples: [
    ["cassini apply -f job.yaml", "make what it describes, or change it"],
    ["cassini apply -f job.yaml --start --follow", "then run it and watch"],
    [
      "cassini get job train | sed s/large/xlarge/ | cassini apply -f -",
      "change one word of a job",
    ],
  ],
  flags: {
    file: {
      type: "string",
      short: "f",
      multiple: true,
      value: "FILE",
      about: "the recipes; may be said several times",
    },
    start: { type: "boolean", about: "start the jobs that they describe" },
    follow: { type: "boolean", about: "with --start: watch the run, and end as it does" },
  },
  async run(asked) {
    const { flags, io } = asked;
    atMost(asked.words, 0, "apply -f FILE");
    if (!flags.file)
      throw WordsUnfit({ problem: "No file is named.", usage: "cassini apply -f job.yaml" });
    const recipes = (await Promise.all(flags.file.map((path) => readRecipes(path, io)))).flat();
    if (flags.follow && !(flags.start && isOneJob(recipes))) throw FollowNeedsOneJob({});
    const answers = await applyAll(asked, recipes);
    if (!flags.start) return { reply: repliesOf(answers) };
    const jobs = answers.flatMap(({ applied }) => applied).filter(({ type }) => type === "job");
    return startAll(asked, { jobs, follows: flags.follow === true, applied: repliesOf(answers) });
  },
});

/** One after the other, since one may need another; what became of each is told at once, in case a later one fails. */
async function applyAll(
  { api, io, paper, format = "table" }: Asked,
  recipes: readonly Recipe[],
): Promise<readonly Answered[]> {
  const answers: Answered[] = [];
  for (const recipe of recipes) {
    const answer = await applyOne(api, recipe);
    answers.push(answer);
    if (format === "table")
      await io.stdout.write(answer.applied.map((one) => lineOf(one, paper)).join(""));
  }
  return answers;
}

interface Starting {
  readonly jobs: readonly Applied[];
  readonly follows: boolean;
  readonly applied: unknown;
}

async function startAll(asked: Asked, { jobs, follows, applied }: Starting): Promise<Outcome> {
  const outcomes: Outcome[] = [];
  for (const { id } of jobs)
    outcomes.push(
      await begin(asked, await asked.api("POST /api/jobs/{id}/start", { id }), follows),
    );
  if (follows) return outcomes[0] ?? {};
  const started = outcomes.map(({ reply }) => reply);
  return { reply: { applied, started }, text: outcomes.map(({ text }) => text).join("") };
}

const repliesOf = (answers: readonly Answered[]): unknown =>
  answers.length === 1 ? answers[0]?.reply : answers.map(({ reply }) => reply);

const isOneJob = ([first, second]: readonly Recipe[]): boolean =>
  first?.content["type"] === "job" && second === undefined;

const lineOf = ({ type, name, action }: Applied, paper: Paper): string =>
  `${type} ${name} ${paper.tone(toneOf(action), action)}\n`;
