import * as z from "zod";
import { command, failure, fromBase64Url, Id, toBase64Url } from "../kit/index.ts";
import { steps, type StepName } from "../launch/schema.ts";
import { Run } from "../run/index.ts";
import type { Context, World } from "../world.ts";

/** Where a piece of log belongs: bytes from `offset` of one step of one attempt. */
export interface Place {
  readonly run: string;
  readonly attempt: number;
  readonly step: StepName;
  readonly offset: number;
}

/** A piece of text with the step that wrote it. */
export interface Entry {
  readonly step: StepName;
  readonly text: string;
}

export const CursorInvalid = failure(
  "invalid",
  "log.cursor_invalid",
  () => "This log cursor was not made here. Read from the start by leaving it out.",
);

/** The most bytes that one piece may have. */
export const largestPiece = 256 * 1024;

export const PieceTooLarge = failure<{ bytes: number }>(
  "too_large",
  "log.piece_too_large",
  ({ bytes }) => `A piece of log may have ${largestPiece} bytes; this one has ${bytes}.`,
);

const padded = (offset: number): string => String(offset).padStart(15, "0");
const folder = (run: string, attempt: number, step: StepName): string =>
  `logs/${run}/${attempt}/0/${step}/`;
const keyOf = ({ run, attempt, step, offset }: Place): string =>
  folder(run, attempt, step) + padded(offset);

/** Keeps a piece of log. A piece that is sent again may be longer, never different. */
export async function keep(world: World, place: Place, bytes: Uint8Array): Promise<void> {
  if (bytes.length > largestPiece) throw PieceTooLarge({ bytes: bytes.length });
  await world.objects.put(keyOf(place), bytes);
}

/** How much text one answer carries at most, in bytes. */
const mostBytes = 512 * 1024;

interface Cursor {
  readonly step: number;
  readonly offset: number;
}

/**
 * A run's log from `cursor` on, in order of its steps. With nothing new it waits, at most `wait_seconds`.
 * `ended` says that the run is over and the answer goes to the log's end; until then go on with `cursor`.
 */
export const read = command({
  input: z.object({
    id: Id,
    cursor: z.string().optional(),
    wait_seconds: z.number().min(0).max(Run.longestWaitSeconds).default(0),
  }),
  allow: "run.read",
  run: async ({ id, cursor, wait_seconds }, ctx: Context): Promise<Answer> => {
    let from = cursor === undefined ? { step: 0, offset: 0 } : await open(ctx, id, cursor);
    const { page, ended, state } = await Run.awaited(
      ctx,
      { id, seconds: wait_seconds },
      async () => {
        const found = await lookFrom(ctx, id, from);
        from = found.page.next;
        return { found, worth: found.page.entries.length > 0 || found.ended };
      },
    );
    return { entries: page.entries, cursor: await seal(ctx, id, page.next), ended, state };
  },
});

/** A piece of a run's log, and where to go on. */
interface Answer {
  readonly entries: Entry[];
  readonly cursor: string;
  readonly ended: boolean;
  readonly state: Run.RunState;
}

/** What there is of a run's log from a place on. Of a run that is over nothing more will come, even where a piece is missing. */
async function lookFrom(ctx: Context, id: string, from: Cursor) {
  const { run, attempt } = await Run.detail(ctx, await Run.find(ctx, id));
  const page = await readOn(ctx, attempt, from);
  const nothingMore = page.complete || page.entries.length === 0;
  return { page, state: run.state, ended: Run.runMachine.isFinal(run.state) && nothingMore };
}

/** The whole log of a run, as one text, at most its last `mostBytes`. */
export async function whole(world: World, attempt: Run.Attempt): Promise<Entry[]> {
  const entries: Entry[] = [];
  let from: Cursor = { step: 0, offset: 0 };
  let page;
  do {
    page = await readOn(world, attempt, from);
    entries.push(...page.entries);
    from = page.next;
  } while (page.entries.length > 0 && !page.complete);
  return entries;
}

interface Read {
  readonly entries: Entry[];
  readonly next: Cursor;
  readonly complete: boolean;
}

/** Reads what there is from a cursor on, over the ends of steps, until enough was read or nothing more is there. */
async function readOn(world: World, attempt: Run.Attempt, from: Cursor): Promise<Read> {
  const entries: Entry[] = [];
  let { step, offset } = from;
  let left = mostBytes;
  for (; step < steps.length; step += 1, offset = 0) {
    const name = steps[step] ?? "command";
    const bytes = await bytesFrom(
      world,
      { run: attempt.run_id, attempt: attempt.number, step: name, offset },
      left,
    );
    const last = attempt.ended !== undefined && bytes.length < left;
    const { text, used } = decode(bytes, last);
    if (text !== "") entries.push({ step: name, text });
    offset += used;
    left -= used;
    const goesOn = !isOver(attempt, name, offset) || left <= 0;
    if (goesOn || step === steps.length - 1)
      return { entries, next: { step, offset }, complete: !goesOn };
  }
  return { entries, next: from, complete: true };
}

/** Whether a step has ended, or never will begin, and its log was read to its end. */
function isOver(attempt: Run.Attempt, name: StepName, offset: number): boolean {
  const step = attempt.steps.find((known) => known.name === name);
  if (step?.bytes !== undefined) return offset >= step.bytes;
  const later = steps.slice(steps.indexOf(name) + 1);
  return (
    attempt.ended !== undefined ||
    (step === undefined && attempt.steps.some((known) => later.includes(known.name)))
  );
}

/** The bytes of a step's log from a place on, at most `most`, joined from the pieces that hold them. */
async function bytesFrom(world: World, place: Place, most: number): Promise<Uint8Array> {
  const prefix = folder(place.run, place.attempt, place.step);
  const found: Uint8Array[] = [];
  let at = place.offset;
  for (const key of await piecesFrom(world, prefix, at)) {
    const start = Number(key.slice(prefix.length));
    const bytes = await world.objects.get(key);
    if (!bytes || start > at) break;
    if (start + bytes.length <= at) continue;
    const piece = bytes.subarray(at - start, at - start + most);
    found.push(piece);
    at += piece.length;
    if (at - place.offset >= most) break;
  }
  return joined(found);
}

/** The keys of the pieces that may hold bytes from `offset` on: none begins further back than the largest piece is long. */
async function piecesFrom(
  world: World,
  prefix: string,
  offset: number,
): Promise<readonly string[]> {
  const before = offset - largestPiece - 1;
  return world.objects.list(prefix, before < 0 ? undefined : prefix + padded(before));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/** Text of bytes that may end within a character: what is unfinished is left for the next reading, unless none follows. */
function decode(bytes: Uint8Array, last: boolean): { text: string; used: number } {
  const used = last ? bytes.length : bytes.length - unfinished(bytes);
  return { text: new TextDecoder().decode(bytes.subarray(0, used)), used };
}

/** How many bytes at the end begin a UTF-8 character that is not whole. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
}

const Signed = z.tuple([z.int().min(0).max(steps.length), z.int().min(0)]);

async function seal(ctx: Context, run: string, { step, offset }: Cursor): Promise<string> {
  const body = toBase64Url(JSON.stringify([step, offset]));
  return `${body}.${await ctx.signer.sign(`log\n${run}\n${body}`)}`;
}

async function open(ctx: Context, run: string, cursor: string): Promise<Cursor> {
  const [body = "", signature = ""] = cursor.split(".");
  if (!(await ctx.signer.verify(`log\n${run}\n${body}`, signature))) throw CursorInvalid({});
  const [step, offset] = Signed.parse(JSON.parse(fromBase64Url(body)));
  return { step, offset };
}
