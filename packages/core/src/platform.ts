import type { InstanceSize } from "./size/schema.ts";

/** What an operator has settled, and what the runtime knows of itself. */
export interface Platform {
  readonly version: string;
  /** Where tasks and clients reach the API: scheme, host and port, without a path or trailing slash. */
  readonly baseUrl: string;
  readonly cloud: "local" | "aws";
  readonly sizes: readonly InstanceSize[];
  /** Whether jobs may clone from `file://`, that is from the host's own disk. */
  readonly allowFileRepositories: boolean;
}
