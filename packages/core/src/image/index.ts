export * as Image from "./image.ts";
