import { statusOf } from "../status/index.ts";
import type { Kind } from "../kit/index.ts";

/** A request that came to nothing. Has the shape of the server's own failures, so what recognises those recognises it. */
export class Refused extends Error {
  readonly kind: Kind;
  readonly code: string;
  readonly status: number;

  constructor(of: { status: number; code: string; message: string }, cause?: unknown) {
    super(of.message, cause === undefined ? undefined : { cause });
    this.name = "Refused";
    this.kind = kindOf(of.status);
    this.code = of.code;
    this.status = of.status;
  }
}

/** Nobody answered, or the answer broke off: the same question may be asked again. */
export const Unreachable = ({ url }: { url: string }, cause?: unknown): Refused =>
  new Refused(
    { status: 503, code: "server.unreachable", message: `No server answers at ${url}.` },
    cause,
  );

/** Something answered that does not speak this API, such as a proxy or another program on the port. */
export const ReplyForeign = ({ url, status }: { url: string; status: number }): Refused =>
  new Refused({
    status: status < 400 ? 500 : status,
    code: "reply.foreign",
    message: `What answers at ${url} does not speak this API (HTTP ${status}). Check the address.`,
  });

/** A value that no path can carry; the request was not sent. */
export const PathUnfit = ({ name, value }: { name: string; value: string }): Refused =>
  new Refused({
    status: 400,
    code: "input.invalid",
    message: `\`${value}\` cannot be a ${name}. Write its name or id.`,
  });

export { statusOf };

const kinds: ReadonlyMap<number, Kind> = new Map(
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the keys of a record over Kind are kinds
  (Object.entries(statusOf) as [Kind, number][]).map(([kind, status]) => [status, kind]),
);

/** The kind of failure that a status tells. A gateway that gets no answer is busy; what is unknown is told by its hundred. */
export function kindOf(status: number): Kind {
  if (status === 502 || status === 504) return "busy";
  return kinds.get(status) ?? (status >= 400 && status < 500 ? "invalid" : "broken");
}
