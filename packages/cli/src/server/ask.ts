import { Client } from "@cassini/core/client";
import type { Io } from "../io.ts";
import type { Found } from "./find.ts";

/** Longer than the server ever lets anybody wait. */
const patienceMilliseconds = 60_000;

/** The API of a server, for this process: given up at Ctrl-C, and with a way out when nobody answers. */
export function ask(
  found: Pick<Found, "url" | "token" | "start">,
  io: Pick<Io, "fetch" | "interrupted">,
): Client.Api {
  const fetch: Client.Fetch = (url, init) =>
    io.fetch(url, {
      ...init,
      signal: AbortSignal.any([io.interrupted, AbortSignal.timeout(patienceMilliseconds)]),
    });
  const api = Client.connect({ baseUrl: found.url, token: found.token, fetch });
  return async (name, input, options) => {
    try {
      return await api(name, input, { signal: io.interrupted, ...options });
    } catch (error) {
      throw withWayOut(error, found);
    }
  };
}

function withWayOut(
  error: unknown,
  { url, token, start }: Pick<Found, "url" | "token" | "start">,
): unknown {
  if (!(error instanceof Client.Refused)) return error;
  const { status, code, message } = error;
  if (code === "server.unreachable")
    return new Client.Refused({ status, code, message: `${message} ${start}` }, error);
  if (status !== 401) return error;
  const said = token === undefined ? `No token is known for ${url}.` : message;
  return new Client.Refused(
    { status, code, message: `${said} \`cassini login --url ${url}\` keeps one.` },
    error,
  );
}
