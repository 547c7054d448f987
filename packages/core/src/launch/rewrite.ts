import { workingDirectoryVariable } from "./environment.ts";
import { within } from "./path.ts";
import { home, type Bundle } from "./schema.ts";

/**
 * The bundle with another directory in the place of the home directory, for a host that cannot show it there. Fields alone are changed:
 * a path in the text of a command, a script, a file or a variable of the user's stays as it was written.
 */
export function movedHome(bundle: Bundle, directory: string): Bundle {
  const moved = (path: string): string =>
    path === home || within(home, path) ? `${directory}${path.slice(home.length)}` : path;
  return {
    ...bundle,
    home: moved(bundle.home),
    working_directory: moved(bundle.working_directory),
    environment: {
      ...bundle.environment,
      HOME: moved(bundle.home),
      [workingDirectoryVariable]: moved(bundle.working_directory),
    },
    files: bundle.files.map((file) => ({ ...file, path: moved(file.path) })),
    repositories: bundle.repositories.map((repository) => ({
      ...repository,
      path: moved(repository.path),
    })),
  };
}
