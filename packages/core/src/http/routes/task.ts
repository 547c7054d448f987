import { Launch } from "../../launch/index.ts";
import { Task } from "../../task/index.ts";
import { route } from "../route.ts";

export const bundle = route({
  summary: "What the agent of an attempt needs to make its task ready",
  command: Task.bundle,
  access: "ticket",
  answer: Launch.Bundle,
  read: ({ path, ticket }) => ({ ...path, ticket }),
  show: (outcome) => outcome,
});

export const report = route({
  summary: "What the agent of an attempt knows of its task so far",
  command: Task.report,
  access: "ticket",
  body: Task.Report,
  answer: Task.Wish,
  read: ({ path, ticket, body }) => ({ ...path, ticket, report: body }),
  show: (outcome) => outcome,
});

export const log = route({
  summary: "A piece of a step's log, as it is",
  command: Task.chunk,
  status: 204,
  access: "ticket",
  takes: "bytes",
  read: ({ path, ticket, bytes }) => ({ ...path, ticket, bytes }),
});
