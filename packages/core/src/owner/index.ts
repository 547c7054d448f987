export * as Owner from "./owner.ts";
