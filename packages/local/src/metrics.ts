import { Http } from "@cassini/core/http";
import { isFailure } from "@cassini/core/kit";
import { Token } from "@cassini/core/token";
import type { World } from "@cassini/core/world";

/** One number that a monitoring program may read. */
export interface Metric {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge";
  readonly read: () => number;
}

const textHeaders = {
  "content-type": "text/plain; version=0.0.4; charset=utf-8",
  "cache-control": "no-store",
};

/** The numbers in the text that Prometheus reads, for the administrator's token alone. */
export function metricsPage(world: World, metrics: readonly Metric[]): Http.Handler {
  return async ({ headers }) => {
    if (!(await isAdministrator(world, headers["authorization"]))) {
      return {
        status: 401,
        headers: { ...textHeaders, "www-authenticate": "Bearer" },
        body: "Send the administrator's token.\n",
      };
    }
    return { status: 200, headers: textHeaders, body: metrics.map(lines).join("") };
  };
}

const lines = ({ name, help, type, read }: Metric): string =>
  `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${name} ${read()}\n`;

async function isAdministrator(world: World, authorization = ""): Promise<boolean> {
  try {
    return (await Token.callerOf(world, authorization.replace(/^bearer +/i, ""))).admin;
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}
