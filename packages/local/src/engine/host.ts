import { isIP } from "node:net";

/** The names under which a server on loopback is reached, and those of deployments below them. */
const local = /^(?:127\.0\.0\.1|localhost|\[::1\])$/;
const apps = /^[a-z0-9-]+\.apps\.localhost$/;

export const isLoopback = (host: string): boolean =>
  host === "127.0.0.1" || host === "::1" || host === "localhost";

/** What a request's Host header stands for: the platform itself, something below `apps.localhost`, or a stranger. */
export type Addressed = "platform" | "app" | "stranger";

/** Where a server listens. */
export interface Bound {
  readonly host: string;
  readonly port: number;
}

/**
 * A page of another site can make a browser call this server by a name of its own that leads here; such a name shows
 * in the Host header.
 */
export function addressed(header: string | undefined, bound: Bound): Addressed {
  const { name, port } = partsOf(header ?? "");
  if (port !== bound.port) return "stranger";
  if (apps.test(name)) return "app";
  return local.test(name) || isOwn(name, bound) ? "platform" : "stranger";
}

function partsOf(header: string): { name: string; port: number } {
  const [, name = "", port = "80"] = /^(\[[0-9a-f:.]+\]|[^:]+)(?::(\d+))?$/i.exec(header) ?? [];
  return { name: name.toLowerCase(), port: Number(port) };
}

/** Addresses in digits cannot be made to lead elsewhere, so a server bound beyond loopback answers to any of them. */
const isOwn = (name: string, { host }: Bound): boolean =>
  !isLoopback(host) && (name === host.toLowerCase() || isIP(name.replaceAll(/[[\]]/g, "")) !== 0);
