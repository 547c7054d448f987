import { fileURLToPath } from "node:url";

export { nameOf, attemptOf, placeOf, type Place } from "./place.ts";
export { claim, isAbsent, replace } from "./file.ts";
export { exitOf, look, type Watched } from "./shim.ts";
export { prepareContainer, watchContainer, type Container } from "./container.ts";
export { fateOf, identityOf, type Identity } from "./identity.ts";
export { EndedFile, read, StopFile, TaskFile, write, type Overlays } from "./record.ts";

/** The program that looks after the tasks of a host. */
export const mainPath = fileURLToPath(new URL("./main.ts", import.meta.url));
