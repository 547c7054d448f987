import { Client } from "@cassini/core/client";

/** A failure of the command line itself: what was typed, or what it names, does not fit. */
const failure =
  <Data>(status: number, code: string, say: (data: Data) => string) =>
  (data: Data, cause?: unknown): Client.Refused =>
    new Client.Refused({ status, code, message: say(data) }, cause);

export const CommandUnknown = failure<{ word: string; nearest: string | undefined }>(
  400,
  "command.unknown",
  ({ word, nearest }) =>
    `There is no command ${word}.${meant(nearest)} \`cassini help\` lists all of them.`,
);
export const FlagUnknown = failure<{ flag: string; command: string; nearest: string | undefined }>(
  400,
  "flag.unknown",
  ({ flag, command, nearest }) =>
    `\`cassini ${command}\` has no flag ${flag}.${meant(nearest)} \`cassini help ${command}\` shows those it has.`,
);
export const FlagNeedsValue = failure<{ flag: string; value: string }>(
  400,
  "flag.value_missing",
  ({ flag, value }) => `${flag} needs a value. Write ${flag} ${value}.`,
);
export const FlagTakesNoValue = failure<{ flag: string }>(
  400,
  "flag.value_refused",
  ({ flag }) => `${flag} takes no value. Write it alone.`,
);
export const FlagUnfit = failure<{ flag: string; value: string; known: string }>(
  400,
  "flag.value_unknown",
  ({ flag, value, known }) => `${flag} ${value} means nothing here. Choose one of ${known}.`,
);
export const KindUnknown = failure<{ word: string; known: string; nearest: string | undefined }>(
  400,
  "command.kind_unknown",
  ({ word, known, nearest }) =>
    `There is nothing called ${word} to list.${meant(nearest)} There are ${known}.`,
);
export const WordsUnfit = failure<{ problem: string; usage: string }>(
  400,
  "command.words",
  ({ problem, usage }) => `${problem} Write it so: ${usage}`,
);
export const FileUnreadable = failure<{ path: string; why: string }>(
  400,
  "file.unreadable",
  ({ path, why }) => `${path} cannot be read: ${why}.`,
);
export const RecipeUnreadable = failure<{ where: string; why: string }>(
  400,
  "recipe.unreadable",
  ({ where, why }) => `${where}: ${why}`,
);
export const FollowNeedsOneJob = failure(
  400,
  "command.follow",
  () => "--follow watches one run: say --start too, and name one file with one job.",
);
export const UrlMissing = failure(
  400,
  "login.url_missing",
  () => "No server is known here. Say which: cassini login --url https://…",
);
export const UrlUnfit = failure<{ url: string }>(
  400,
  "login.url_unfit",
  ({ url }) => `${url} is no address. Write it like https://cassini.example.com.`,
);
export const TokenMissing = failure(
  400,
  "login.token_missing",
  () =>
    "A token is one word, and none was given. Type it when asked, or pass it on the standard input with --token-stdin.",
);
export const NotConfirmed = failure<{ what: string }>(
  400,
  "command.not_confirmed",
  ({ what }) => `${what} cannot be undone, and nobody is here to ask. Say --yes if it is meant.`,
);
export const ServerUnknown = failure(
  503,
  "server.unknown",
  () =>
    "No Cassini server is known here. Start one with `npm start` and stay in its folder, or sign in to one: cassini login --url https://…",
);
export const FolderForeign = failure<{ path: string }>(
  403,
  "server.folder_foreign",
  ({ path }) =>
    `${path} belongs to somebody else, so its server is not trusted. Set CASSINI_URL and CASSINI_TOKEN to use it.`,
);
export const RunUnknown = failure<{ name: string }>(
  404,
  "run.not_found",
  ({ name }) =>
    `There is no job and no run ${name}. \`cassini list jobs\` and \`cassini runs\` show those that there are.`,
);

export const NeverRan = failure<{ name: string }>(
  404,
  "run.not_found",
  ({ name }) => `The job ${name} has not run yet. Start it: cassini start ${name}`,
);

const meant = (nearest: string | undefined): string =>
  nearest === undefined ? "" : ` Did you mean ${nearest}?`;
