import { apply } from "./command/apply.ts";
import { remove } from "./command/delete.ts";
import { doctor } from "./command/doctor.ts";
import { get } from "./command/get.ts";
import { helpOn } from "./command/help.ts";
import { list } from "./command/list.ts";
import { login } from "./command/login.ts";
import { logout } from "./command/logout.ts";
import { logs } from "./command/logs.ts";
import { restart } from "./command/restart.ts";
import { runs } from "./command/runs.ts";
import { start } from "./command/start.ts";
import { stop } from "./command/stop.ts";
import { version } from "./command/version.ts";
import type { Commands } from "./line/help.ts";

/** Everything that can follow `cassini`, in the order of the help. */
export const commands: Commands = {
  apply,
  start,
  logs,
  runs,
  list,
  get,
  stop,
  restart,
  delete: remove,
  login,
  logout,
  doctor,
  version,
  help: helpOn(() => commands),
};
