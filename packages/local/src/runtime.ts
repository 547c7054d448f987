import { routes } from "@cassini/core/app";
import { Http } from "@cassini/core/http";
import type { Owner } from "@cassini/core/owner";
import type { Platform } from "@cassini/core/platform";
import { apiOf, byPath, logged, nothingYet, strangers } from "./access.ts";
import { examine } from "./doctor/doctor.ts";
import type { Handlers } from "./engine/http.ts";
import type { Home } from "./home.ts";
import { install } from "./install.ts";
import { linkTo, localRoutes } from "./local-routes.ts";
import type { Log } from "./log.ts";
import { metricsPage, type Metric } from "./metrics.ts";
import { setGoing } from "./motion.ts";
import type { Options } from "./options.ts";
import { pages } from "./page/pages.ts";
import { signIn, type SignIn } from "./page/sign-in.ts";
import { secretKey } from "./secret-key.ts";
import { versionHere } from "./version.ts";
import { startCompute, type ProcessDriver } from "./world/compute.ts";
import { clock } from "./world/clock.ts";
import { worldOf, type LocalWorld } from "./world/index.ts";
import { machineHere, platformOf } from "./world/platform.ts";
import { storeAt } from "./world/store.ts";

interface Wanted {
  readonly options: Options;
  readonly home: Home;
  readonly log: Log;
  readonly baseUrl: string;
  /** Where the table's engine answers, once it does. */
  readonly endpoint: Promise<string>;
  /** Takes what has to be ended with the server, the last first. */
  readonly closing: AsyncDisposableStack;
}

export interface Runtime {
  readonly handlers: Handlers;
  /** The link that signs a browser in. */
  readonly link: string;
  readonly driver: ProcessDriver;
}

/** Builds the World of this machine, makes sure of its installation, and sets bus, clock and state machines going. */
export async function runtime(wanted: Wanted): Promise<Runtime> {
  const { home, log, closing, baseUrl } = wanted;
  const motion = setGoing({ log, deadLetters: home.deadLetters, closing });
  // Looking at the machine is waiting for programs, so the database is reached meanwhile.
  const [platform, driver, store, key] = await Promise.all([
    platformHere(wanted),
    computeHere(wanted),
    wanted.endpoint.then((endpoint) => storeAt(endpoint, clock, motion.committed)),
    secretKey(home.keyFile),
  ]);
  const local = worldOf({ home, log, platform, compute: driver.compute, store, key });
  const administrator = await install(local.world, home.tokenFile);
  motion.begin(local);
  const codes = signIn(local.world.clock);
  return {
    handlers: handlersOf(wanted, { local, administrator, codes, driver }),
    link: linkTo(baseUrl, codes.issue()),
    driver,
  };
}

interface Parts {
  readonly local: LocalWorld;
  readonly administrator: Owner.Info;
  readonly codes: SignIn;
  readonly driver: ProcessDriver;
}

function handlersOf(
  { home, log, baseUrl }: Wanted,
  { local, administrator, codes, driver }: Parts,
): Handlers {
  const { world } = local;
  const ours = localRoutes({ signIn: codes, examine: () => examine(home.path, driver.findings) });
  const api = apiOf(world, { ...routes, ...ours }, log);
  const own = pages({ world, administrator, signIn: codes, tokenFile: home.tokenFile });
  return {
    platform: byPath(api, logged(metricsPage(world, metricsOf(local)), log), logged(own, log)),
    app: logged(nothingYet, log),
    stranger: logged(strangers(baseUrl), log),
    largestBody: Http.largestBody,
  };
}

const metricsOf = ({ store, workflows }: LocalWorld): readonly Metric[] => [
  {
    name: "cassini_store_writes_total",
    help: "Write requests to the table.",
    type: "counter",
    read: store.writes,
  },
  {
    name: "cassini_executions_active",
    help: "Attempts of runs that have been begun and not settled.",
    type: "gauge",
    read: () => workflows.active().length,
  },
];

async function platformHere({ options, baseUrl }: Wanted): Promise<Platform> {
  const { allowFileRepositories } = options;
  return platformOf(
    { version: versionHere(), baseUrl, allowFileRepositories },
    await machineHere(),
  );
}

async function computeHere({ home, baseUrl, log, closing }: Wanted): Promise<ProcessDriver> {
  const driver = await startCompute({ home: home.path, baseUrl, log });
  closing.defer(driver.stop);
  return driver;
}
