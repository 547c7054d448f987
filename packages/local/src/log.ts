import { appendFileSync, closeSync, fstatSync, openSync, renameSync, writeSync } from "node:fs";
import { isFailure } from "@cassini/core/kit";

export type Level = "info" | "warn" | "error";
type Fields = Readonly<Record<string, unknown>>;

/** What the server tells of itself: one JSON line each, with the time, a level and the event's name. */
export type Log = Readonly<Record<Level, (event: string, fields?: Fields) => void>> & {
  /** Writes out what waits. */
  flush(): void;
};

/** Where a log's lines go. */
export interface Sink {
  write(text: string): void;
  close(): void;
}

/** The size at which a log file is put aside; the one before it is dropped. */
const largestFile = 16 * 1024 * 1024;

/** A file that lines are added to; when it has grown it becomes `<path>.1` and a new one is begun. */
export function fileSink(path: string, largest = largestFile): Sink {
  let file = openSync(path, "a", 0o600);
  let size = fstatSync(file).size;
  return {
    write(text) {
      if (size > largest) {
        closeSync(file);
        renameSync(path, `${path}.1`);
        file = openSync(path, "a", 0o600);
        size = 0;
      }
      size += writeSync(file, text);
    },
    close: () => closeSync(file),
  };
}

/** A log whose lines are gathered until the current turn is over; errors are shown on standard error as well. */
export function logTo(sink: Sink, alarm: (line: string) => void): Log & { close(): void } {
  let waiting: string[] = [];
  let closed = false;
  const flush = () => {
    if (waiting.length === 0 || closed) return;
    sink.write(waiting.join(""));
    waiting = [];
  };
  const add =
    (level: Level) =>
    (event: string, fields: Fields = {}) => {
      const line = `${lineOf({ level, event, ...fields })}\n`;
      if (level === "error") alarm(line);
      if (waiting.push(line) === 1) setImmediate(flush);
    };
  const close = () => {
    flush();
    closed = true;
    sink.close();
  };
  return { info: add("info"), warn: add("warn"), error: add("error"), flush, close };
}

/** Adds one line to a file of JSON lines. */
export const appendLine = (path: string, fields: Fields): void =>
  appendFileSync(path, `${lineOf(fields)}\n`, { mode: 0o600 });

const lineOf = (fields: Fields): string =>
  JSON.stringify({ time: new Date().toISOString(), ...fields }, (_, value: unknown) =>
    value instanceof Error ? shown(value) : value,
  );

/** A failure tells what a person can act on; anything else is a bug, so its stack is kept. */
function shown(error: Error): Fields {
  const cause = error.cause === undefined ? {} : { cause: error.cause };
  if (isFailure(error)) return { code: error.code, message: error.message, ...cause };
  return { name: error.name, message: error.message, stack: error.stack, ...cause };
}
