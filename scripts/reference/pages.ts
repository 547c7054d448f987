import { eventsPage } from "./events.ts";
import { failuresPage } from "./failures.ts";
import { keysPage } from "./keys.ts";
import { reasonsPage } from "./reasons.ts";
import { routesPage } from "./routes.ts";
import { statesPage } from "./states.ts";
import { stepsPage } from "./steps.ts";

/** The pages of the reference, by file name. The same code always gives the same text. */
export const pages = async (): Promise<Readonly<Record<string, string>>> => ({
  "events.md": eventsPage(),
  "failures.md": await failuresPage(),
  "keys.md": keysPage(),
  "reasons.md": reasonsPage(),
  "routes.md": routesPage(),
  "states.md": statesPage(),
  "steps.md": stepsPage(),
});
