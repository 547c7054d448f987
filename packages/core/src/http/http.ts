export { sessionCookie } from "./caller.ts";
export { edge, type AnswerRecord, type Handler, type Options } from "./edge.ts";
export { statusOf } from "./failure.ts";
export { largestBody, type Request, type Response } from "./message.ts";
export { route, type AnswerOf, type BodyOf, type QueryOf, type Route } from "./route.ts";
export { routes } from "./routes.ts";
