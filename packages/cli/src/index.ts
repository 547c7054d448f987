export { main } from "./main.ts";
export type { Io, Reader, Writer } from "./io.ts";
