import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "@cassini/core/world";

/** How long a sign-in link can be used. */
export const linkSeconds = 600;

export interface SignIn {
  /** A new code, good once; the one before is void from now on. */
  issue(): string;
  /** Whether this is the code, used for the first time and in time. */
  redeem(code: string): boolean;
}

/** One-time codes, known to this process alone: a restart voids them. */
export function signIn(clock: Clock): SignIn {
  let open: { code: Buffer; until: number } | undefined;
  return {
    issue() {
      const code = randomBytes(24).toString("base64url");
      open = { code: Buffer.from(code), until: clock.now() + linkSeconds * 1000 };
      return code;
    },
    redeem(code) {
      const given = Buffer.from(code);
      const fits =
        open !== undefined &&
        given.length === open.code.length &&
        timingSafeEqual(given, open.code);
      if (!fits) return false;
      const inTime = open !== undefined && clock.now() < open.until;
      open = undefined;
      return inTime;
    },
  };
}
