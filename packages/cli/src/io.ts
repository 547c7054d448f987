import type { Client } from "@cassini/core/client";

/** Where text goes to. */
export interface Writer {
  /** Ends once the text is taken, so that a slow reader slows the writer. */
  write(text: string): Promise<void>;
  readonly isTerminal: boolean;
  /** The width of the terminal; without meaning elsewhere. */
  readonly columns: number;
}

/** Where text comes from. */
export interface Reader {
  readonly isTerminal: boolean;
  /** All of it. */
  read(): Promise<string>;
  /** One line that a person types, shown as she types it unless hidden. */
  ask(question: string, options?: { hidden: boolean }): Promise<string>;
}

/** All that the command needs of its process: tests bring their own. */
export interface Io {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin, and the search for a server. */
  readonly cwd: string;
  /** The person's home folder, and the number by which the system knows her; nothing where it has none. */
  readonly home: string;
  readonly uid: number | undefined;
  readonly stdin: Reader;
  readonly stdout: Writer;
  readonly stderr: Writer;
  readonly fetch: Client.Fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** Ends after that time, or at once when interrupted. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Aborted by Ctrl-C. */
  readonly interrupted: AbortSignal;
}
