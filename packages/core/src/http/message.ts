/** A request as both runtimes hand it over: header names in lower case, the path still percent-encoded. */
export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Always text, empty where a status has no body. */
  readonly body: string;
}

/** The most bytes that a body may have; a runtime may stop reading there. */
export const largestBody = 1024 * 1024;
