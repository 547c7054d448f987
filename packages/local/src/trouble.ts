import { failure, type Failure, type Kind } from "@cassini/core/kit";

export const OptionUnknown = failure<{ why: string }>(
  "invalid",
  "server.option_unknown",
  ({ why }) => `${why} \`npm start -- --help\` shows what can be said.`,
);
const PortTaken = failure<{ host: string; port: number }>(
  "conflict",
  "server.port_taken",
  ({ host, port }) =>
    `Port ${port} on ${host} is taken by another program. End that program, or choose another port: npm start -- --port ${port + 1}`,
);
const CannotListen = failure<{ host: string; port: number; why: string }>(
  "forbidden",
  "server.cannot_listen",
  ({ host, port, why }) =>
    `This machine does not let the server listen on ${host}:${port} (${why}). Choose an address of this machine and a port above 1023.`,
);
export const HomeUnusable = failure<{ home: string; why: string }>(
  "forbidden",
  "home.unusable",
  ({ home, why }) =>
    `The folder ${home} cannot be used (${why}). Make it yours and writable, or choose another one with --home.`,
);
export const HostUnknown = failure<{ baseUrl: string }>(
  "forbidden",
  "server.host_unknown",
  ({ baseUrl }) => `This server does not go by that name. Call it ${baseUrl}.`,
);

/** What went wrong with listening, as a failure that names the way out. */
export function portTrouble(error: Error, { host, port }: { host: string; port: number }): Failure {
  const code = "code" in error ? String(error.code) : error.message;
  return code === "EADDRINUSE"
    ? PortTaken({ host, port }, error)
    : CannotListen({ host, port, why: code }, error);
}

/** The exit code of the server for each kind of failure. */
export const exitCodes: Readonly<Record<Kind, number>> = {
  invalid: 2,
  unauthenticated: 3,
  forbidden: 3,
  missing: 4,
  not_allowed: 1,
  conflict: 5,
  gone: 4,
  too_large: 1,
  unsupported: 1,
  unprocessable: 2,
  locked: 6,
  limited: 75,
  broken: 1,
  busy: 75,
};
