import { flushCompileCache } from "node:module";
import { hostAgent, type Tell } from "./host.ts";
import { holdAlone } from "./lock.ts";

/**
 * Looks after the tasks below a directory, alone, until the server ends whose child this process is: then the channel to it
 * closes. The server tells of tasks by messages that hold their names.
 */
export async function run(tasks: string, url: string): Promise<void> {
  // Without a callback a server that is gone would be an error that nobody awaits; the channel's end says it anyway.
  const unheard = (): void => undefined;
  const tell: Tell = (event, of) => void process.send?.({ event, ...of }, unheard);
  process.on("disconnect", () => process.exit(0));
  // An interrupt from the terminal is meant for the server, which decides when its agent goes.
  process.on("SIGINT", () => undefined);
  await holdAlone(tasks, () =>
    tell("agent.waiting", { until: "the agent before this one has ended" }),
  );
  const agent = hostAgent(tasks, url, tell);
  process.on("message", (name) => {
    if (typeof name === "string") agent.look(name);
  });
  tell("agent.ready", { pid: process.pid, tasks: agent.count() });
  flushCompileCache();
}
