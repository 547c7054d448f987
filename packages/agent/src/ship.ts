import { createHash } from "node:crypto";
import type { Launch } from "@cassini/core/launch";
import type { TaskApi } from "./api.ts";
import { lengthOf, readPiece } from "./file.ts";
import { logOf } from "./place.ts";

/** The most bytes of one piece. */
const largest = 256 * 1024;
/** A piece that has come to this length is not sent again with what follows; the next one begins. */
const enough = 64 * 1024;
/** The most of one step's log that is kept; what a task writes beyond it stays on the host's disk until the task is over. */
const most = 4 * 1024 ** 3;

/** How far the log of a step has been taken: where the piece in work begins, and up to where it has been sent. */
export interface Progress {
  start: number;
  sent: number;
  /** What has been sent of the piece in work. */
  digest?: string;
}

/** How many buffers there are, thus how many pieces are on their way at once, of all tasks together. */
const places = 4;
const buffers: Uint8Array[] = [];
const waiting: ((buffer: Uint8Array) => void)[] = [];
let made = 0;

/** Lends one of the few buffers, so that memory is bounded whatever tasks print. */
async function lent<T>(use: (buffer: Uint8Array) => Promise<T>): Promise<T> {
  const buffer =
    buffers.pop() ??
    (made < places ? fresh() : await new Promise<Uint8Array>((resolve) => waiting.push(resolve)));
  try {
    return await use(buffer);
  } finally {
    const next = waiting.shift();
    if (next) next(buffer);
    else buffers.push(buffer);
  }
}

function fresh(): Uint8Array {
  made += 1;
  return Buffer.allocUnsafeSlow(largest);
}

/** Ships what a step's log has gained, up to its present end, and answers whether there was anything. */
export async function ship(
  api: TaskApi,
  home: string,
  step: Launch.StepName,
  progress: Progress,
): Promise<boolean> {
  const path = logOf(home, step);
  const end = Math.min(lengthOf(path), most);
  const before = progress.sent;
  while (progress.sent < end && (await shipPiece(api, path, step, { progress, end })));
  return progress.sent > before;
}

const shipPiece = (
  api: TaskApi,
  path: string,
  step: Launch.StepName,
  { progress, end }: { progress: Progress; end: number },
): Promise<boolean> =>
  lent(async (buffer) => {
    const wanted = buffer.subarray(0, Math.min(largest, end - progress.start));
    const length = readPiece(path, progress.start, wanted);
    const known = progress.sent - progress.start;
    if (length <= known) return false;
    if (!isSame(progress, wanted.subarray(0, known))) {
      progress.start = progress.sent;
      return true;
    }
    await api.ship(step, progress.start, wanted.subarray(0, length));
    advance(progress, wanted.subarray(0, length));
    return true;
  });

/** What has been taken stays as it was: where a task has changed its log, only what it adds behind that is shipped. */
const isSame = ({ digest }: Progress, bytes: Uint8Array): boolean =>
  bytes.length === 0 || digest === undefined || digest === digestOf(bytes);

function advance(progress: Progress, piece: Uint8Array): void {
  progress.sent = progress.start + piece.length;
  if (piece.length >= enough) progress.start = progress.sent;
  else progress.digest = digestOf(piece);
}

const digestOf = (bytes: Uint8Array): string => createHash("sha1").update(bytes).digest("base64");

/** How much of a log's end is looked at for its last lines, and how long a line may be. */
const tail = 32 * 1024;
const longestLine = 500;
const lastLines = 20;

/** The last lines of a step's log. */
export function linesOf(home: string, step: Launch.StepName): string[] {
  const path = logOf(home, step);
  const length = lengthOf(path);
  const from = Math.max(0, length - tail);
  const buffer = new Uint8Array(Math.min(length, tail));
  const text = new TextDecoder().decode(buffer.subarray(0, readPiece(path, from, buffer)));
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  // What comes before the first line's end is the rest of a line that begins further back.
  const whole = from > 0 && lines.length > 1 ? lines.slice(1) : lines;
  return whole.slice(-lastLines).map((line) => line.slice(0, longestLine));
}
