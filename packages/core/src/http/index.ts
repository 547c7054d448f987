export * as Http from "./http.ts";
