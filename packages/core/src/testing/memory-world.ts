import { reactions } from "../app.ts";
import type { Envelope } from "../kit/index.ts";
import { Image } from "../image/index.ts";
import { Owner } from "../owner/index.ts";
import type { Platform } from "../platform.ts";
import { Size } from "../size/index.ts";
import type { Caller, Context, World } from "../world.ts";
import type { Mortal } from "./crash.ts";
import { type MemoryCompute, memoryCompute } from "./memory-compute.ts";
import { manualClock, type ManualClock } from "./clock.ts";
import { countedIds } from "./ids.ts";
import { memoryStore, type MemoryStore } from "./memory-store.ts";
import { memoryWorkflows, type MemoryWorkflows } from "./memory-workflows.ts";
import { memoryObjects } from "./objects.ts";
import { memorySignals } from "./signals.ts";
import { hmacSigner } from "./signer.ts";

/** Committed events on their way to their reactions. */
export interface Outbox {
  take(): readonly Envelope[];
  /** Puts everything that was ever committed back on its way, as a bus does that lost its acknowledgements. */
  again(): void;
}

export interface MemoryWorld extends World {
  readonly store: MemoryStore;
  readonly compute: MemoryCompute;
  readonly workflows: MemoryWorkflows;
  readonly clock: ManualClock;
  /** Events that have been committed and not delivered; taking them empties it. */
  readonly outbox: Outbox;
  /** The same world, as somebody sees it. */
  as(caller: Caller): Context;
  /** Delivers what has been committed, and what follows from it, until nothing is left to do. */
  deliver(): Promise<void>;
  /** The actors: two people of one organisation, and somebody without any right. */
  readonly ada: Caller;
  readonly bob: Caller;
  readonly guest: Caller;
}

/** The platform as itself. */
export const system: Caller = { actor: "platform", admin: true, may: () => true };

const platform: Platform = {
  version: "0.0.0-test",
  baseUrl: "http://127.0.0.1:8080",
  cloud: "local",
  sizes: Size.documented,
  allowFileRepositories: true,
};

const guest: Caller = {
  actor: "guest",
  admin: false,
  may: (permission) => permission === "anyone",
};

/** A World in memory with two people and the image `acme/ada/python:host`. With a lag, indexes trail behind commits. */
export async function memoryWorld(
  options: { lagSeconds?: number; guard?: Mortal["guard"] } = {},
): Promise<MemoryWorld> {
  const clock = manualClock();
  let waiting: Envelope[] = [];
  const store = memoryStore({
    clock,
    lagSeconds: options.lagSeconds ?? 0,
    heard: (envelope) => waiting.push(envelope),
  });
  const outbox: Outbox = {
    take: () => waiting.splice(0),
    again: () => {
      waiting = [...store.events];
    },
  };
  const signer = hmacSigner(new TextEncoder().encode("a secret for tests only, 32 bytes"));
  const ports = {
    store,
    clock,
    ids: countedIds(),
    objects: memoryObjects(),
    signals: memorySignals(clock),
    signer,
    compute: memoryCompute(),
    platform,
  };
  const workflows = memoryWorkflows(() => world);
  const { guard = (whole) => whole } = options;
  const world: World & typeof ports & { workflows: MemoryWorkflows } = guard({
    ...ports,
    workflows,
  });
  const [ada, bob] = await people(world);
  const as = (caller: Caller): Context => ({ ...world, caller });
  await withImage(as(ada));
  const whole: MemoryWorld = {
    ...world,
    outbox,
    as,
    ada,
    bob,
    guest,
    deliver: () => deliver(whole),
  };
  return whole;
}

async function people(world: World): Promise<[Caller, Caller]> {
  const ada = await Owner.enrol(world, { username: "ada", organisation: "acme", admin: true });
  const bob = await Owner.enrol(world, { username: "bob", organisation: "acme", admin: false });
  return [person(ada, true), person(bob, false)];
}

const person = (owner: Owner.Info, admin: boolean): Caller => ({
  actor: Owner.nameOf(owner),
  owner,
  admin,
  may: () => true,
});

async function withImage(ctx: Context): Promise<void> {
  const { image } = await Image.create(ctx, {
    name: "python",
    description: "",
    hardware_type: "CPU",
    supports: [],
    access: "account",
  });
  await Image.importVersion(ctx, {
    image_id: image.id,
    image_uri: "host:python3",
    name: "host",
    description: "",
  });
}

/** Delivers every event of the outbox to its reactions, in order, again while new ones appear. */
export async function deliver(
  world: Pick<MemoryWorld, "outbox" | "workflows"> & World,
): Promise<void> {
  for (;;) {
    const events = world.outbox.take();
    for (const event of events) await react(world, event);
    await world.workflows.quiet();
    if (events.length === 0) return;
  }
}

/** Gives one event to the reactions that asked for it. */
export async function react(world: World, event: Envelope): Promise<void> {
  for (const reaction of Object.values(reactions)) {
    if (reaction.on === event.name) await reaction.run(world, event);
  }
}
