import { readFileSync } from "node:fs";
import { isAbsent, replace } from "@cassini/agent";
import * as z from "zod";

/** Whom the processes and files of an owner's tasks belong to. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The first of the numbers that are given to owners: above those of people, and of what containers are given by custom. */
export const firstUid = 200_000;

const Known = z.record(z.string(), z.int());

export interface Owners {
  /** The user of an owner's tasks; the same one for ever. */
  of(ownerId: string): Owner;
  /** Everybody who has had tasks here. */
  known(): readonly string[];
}

/** The owners of a host, kept in a file. One process writes it. */
export function ownersIn(path: string): Owners {
  const uids = new Map(Object.entries(stored(path)));
  return {
    of: (ownerId) => {
      const uid = uids.get(ownerId) ?? Math.max(firstUid - 1, ...uids.values()) + 1;
      if (!uids.has(ownerId))
        replace(path, JSON.stringify(Object.fromEntries(uids.set(ownerId, uid))));
      return { uid, gid: uid };
    },
    known: () => [...uids.keys()],
  };
}

function stored(path: string): Record<string, number> {
  try {
    return Known.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch (error) {
    if (isAbsent(error)) return {};
    throw error;
  }
}
