import type { Permission, Signer, Store } from "./kit/index.ts";
import type { Compute } from "./launch/compute.ts";
import type { Info as Owner } from "./owner/schema.ts";
import type { Platform } from "./platform.ts";
import type { Workflows } from "./run/workflow.ts";

/** All that the domain needs from outside. Each runtime builds one, and all of them pass the same suite. */
export interface World {
  readonly store: Store;
  readonly objects: Objects;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly signer: Signer;
  readonly signals: Signals;
  readonly compute: Compute;
  readonly workflows: Workflows;
  readonly platform: Platform;
}

/** A World and who is asking. */
export interface Context extends World {
  readonly caller: Caller;
}

/** Who asks. `owner` is the identity in its organisation that things are made for when nothing else is said. */
export interface Caller {
  readonly actor: string;
  readonly owner?: Owner;
  readonly admin: boolean;
  readonly may: (permission: Permission) => boolean;
}

/** Bytes by name, for what is too large or too many for the table. */
export interface Objects {
  /** Keeps the bytes; the same key again replaces them, in one step. */
  put(key: string, bytes: Uint8Array): Promise<void>;
  get(key: string): Promise<Uint8Array | undefined>;
  /** Keys under a prefix in order of text, those after `after` only, at most 1,000. */
  list(prefix: string, after?: string): Promise<readonly string[]>;
  /** Removes everything under a prefix; nothing there is fine. */
  clear(prefix: string): Promise<void>;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export interface Ids {
  /** A new id: 32 lowercase hex characters. */
  id(): string;
  /** A new secret of at least 256 random bits, in URL-safe characters. */
  secret(): string;
}

/** Wakes those who wait for something to change. A missed signal costs time, never correctness. */
export interface Signals {
  /** How long, in milliseconds, it is worth relying on a signal before looking anyway. */
  readonly trust: number;
  changed(topic: string): void;
  /** Listens from now on, so that no change between looking and waiting is missed. */
  watch(topic: string): Watch;
}

export interface Watch {
  /** Ends at the first change since it last ended, or when the time is over. */
  news(milliseconds: number): Promise<void>;
  /** Stops listening. */
  end(): void;
}
