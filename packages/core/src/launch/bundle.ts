import { entryOf } from "./entry.ts";
import { environmentOf, type TaskIdentity } from "./environment.ts";
import { filesOf } from "./files.ts";
import { pipText } from "./packages.ts";
import { home, type Bundle, type Plan } from "./schema.ts";

/** What one attempt is given: the plan carried out in paths, variables and a script. Pure. */
export const bundleOf = (plan: Plan, of: TaskIdentity): Bundle => ({
  run: of.run,
  attempt: of.attempt,
  owner_id: plan.owner_id,
  home,
  working_directory: plan.working_directory,
  environment: environmentOf(plan, of),
  files: filesOf(plan.config_files),
  repositories: plan.repositories,
  entry: entryOf(plan),
  pip: pipText(plan.packages),
});
