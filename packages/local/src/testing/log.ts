import { logTo, type Log } from "../log.ts";

type Line = Readonly<Record<string, unknown>>;

/** A log that keeps its lines. */
export function testLog(): { log: Log; lines: (event: string) => readonly Line[] } {
  const kept: string[] = [];
  const log = logTo(
    { write: (text) => void kept.push(text), close: () => undefined },
    () => undefined,
  );
  const lines = (event: string): readonly Line[] => {
    log.flush();
    const all = kept
      .join("")
      .split("\n")
      .filter((line) => line !== "");
    return all.map((line): Line => JSON.parse(line)).filter((line) => line["event"] === event);
  };
  return { log, lines };
}
