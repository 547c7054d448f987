export * as Size from "./size.ts";
