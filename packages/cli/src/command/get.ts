import { command, type Asked } from "../command.ts";
import { owner } from "../line/flag-set.ts";
import { targetOf } from "../line/words.ts";
import { runNamed } from "../log/run.ts";
import { recipeCard, runCard } from "../print/card.ts";
import { yamlOf } from "../print/yaml.ts";

const usage = "get job NAME";

export const get = command({
  summary: "Show a job or an image as a recipe, or a run",
  usage: [usage, "get image NAME", "get run RUN"],
  about:
    "Jobs and images come as YAML that `cassini apply -f -` takes again; -o table is for reading.",
  examples: [
    ["cassini get job train > train.yaml", "keep a job as a file"],
    ["cassini get image python -o json", "an image with its versions"],
    ["cassini get run train -o table", "the newest run of train: its steps, its reason"],
  ],
  flags: { owner },
  async run(asked) {
    const { kind, name } = targetOf(asked.words, { kinds: ["job", "image", "run"], usage });
    if (kind === "run")
      return shown(await runNamed(asked, name, asked.flags.owner), asked, (run) =>
        runCard(run, asked),
      );
    const recipe = await asked.api("GET /api/recipes/{type}/{name}", {
      type: kind,
      name,
      owner_name: asked.flags.owner,
    });
    return shown(recipe, asked, () => recipeCard(recipe, asked.paper));
  },
});

const shown = async <T>(
  reply: T,
  { format }: Pick<Asked, "format">,
  card: (reply: T) => string,
) => ({
  reply,
  text: format === "table" ? card(reply) : await yamlOf(reply),
});
