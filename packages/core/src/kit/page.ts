import * as z from "zod";
import { failure } from "./failure.ts";
import type { Listed, Page, Position } from "./store.ts";

export const CursorInvalid = failure(
  "invalid",
  "page.cursor_invalid",
  () => "This page key was not made by this list. Start again from the first page.",
);

/** Signs texts so that nobody outside can make or change one. Both answer 32 lowercase hex characters or compare in constant time. */
export interface Signer {
  sign(text: string): Promise<string>;
  verify(text: string, signature: string): Promise<boolean>;
}

/** What a caller may say about the page that she wants. */
export const PageInput = z.object({
  next_key: z.string().optional(),
  prev_key: z.string().optional(),
  page_size: z.int().min(1).max(1000).default(100),
  descending: z.boolean().default(false),
});
export type PageInput = z.infer<typeof PageInput>;

export interface Paged<T> {
  readonly items: readonly T[];
  readonly next_key?: string | undefined;
  readonly prev_key?: string | undefined;
}

const Key = z.object({ pk: z.string(), sk: z.string() });
const Signed = z.object({ key: Key, index: Key });

/** The store's page for a caller's words. A cursor belongs to one list: `scope` names it and is signed with it. */
export async function pageOf(signer: Signer, scope: string, asked: PageInput): Promise<Page> {
  const cursor = asked.next_key ?? asked.prev_key;
  const page = { size: asked.page_size, descending: asked.descending };
  if (cursor === undefined) return page;
  const backwards = asked.next_key === undefined;
  return { ...page, backwards, from: await open(signer, scope, cursor) };
}

/** A page as callers see it: positions turned into signed cursors. */
export async function paged<T>(
  signer: Signer,
  scope: string,
  listed: Listed<T>,
): Promise<Paged<T>> {
  return {
    items: listed.items,
    ...(listed.next && { next_key: await seal(signer, scope, listed.next) }),
    ...(listed.prev && { prev_key: await seal(signer, scope, listed.prev) }),
  };
}

async function seal(signer: Signer, scope: string, position: Position): Promise<string> {
  const body = toBase64Url(JSON.stringify(position));
  return `${body}.${await signer.sign(`cursor\n${scope}\n${body}`)}`;
}

async function open(signer: Signer, scope: string, cursor: string): Promise<Position> {
  const [body = "", signature = ""] = cursor.split(".");
  if (!(await signer.verify(`cursor\n${scope}\n${body}`, signature))) throw CursorInvalid({});
  return Signed.parse(JSON.parse(fromBase64Url(body)));
}

/** Text as URL-safe base64, over its UTF-8 bytes. */
export function toBase64Url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The text behind `toBase64Url`. */
export function fromBase64Url(text: string): string {
  const bytes = Uint8Array.from(
    atob(text.replaceAll("-", "+").replaceAll("_", "/")),
    (char) => char.codePointAt(0) ?? 0,
  );
  return new TextDecoder().decode(bytes);
}
