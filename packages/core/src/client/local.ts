import type { Http } from "../http/index.ts";

/** One thing that jobs may need of the server's machine: what was found, what follows from it, how to mend it. */
export interface Finding {
  readonly name: string;
  readonly state: "ok" | "limited" | "missing";
  /** Whether no job can run without it. */
  readonly required: boolean;
  readonly found: string;
  readonly means: string;
  readonly remedy: string;
}

/** What a server on a single machine answers besides what every server does. */
export interface LocalRoutes {
  readonly "GET /api/local/doctor": Http.Route<
    unknown,
    unknown,
    { readonly ok: boolean; readonly findings: readonly Finding[] }
  >;
}
