import type { Client } from "@cassini/core/client";
import type { Asked } from "../command.ts";
import { endOf } from "../log/end.ts";
import type { RunDetail } from "../log/run.ts";
import type { Paper } from "./paper.ts";
import { card } from "./table.ts";
import { between } from "./time.ts";

type Recipe = Client.AnswerOf<"GET /api/recipes/{type}/{name}">;

/** A job or image in short: each field that says something. */
export function recipeCard({ type, spec, state }: Recipe, paper: Paper): string {
  const fields = Object.entries(spec).filter(([, value]) => saysSomething(value));
  const status = state && "status" in state ? [["status", state.status] as const] : [];
  return card(
    [
      ["type", type],
      ...status,
      ...fields.map(([name, value]) => [name, textOf(value)] as const),
      ["id", state?.id],
    ],
    paper,
  );
}

const saysSomething = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== "" &&
  !(typeof value === "object" && Object.keys(value).length === 0);

const textOf = (value: unknown): string =>
  typeof value === "string" ? value : JSON.stringify(value);

/** A run with its steps, the commits that it cloned, and why it ended. */
export function runCard(run: RunDetail, { io, paper }: Pick<Asked, "io" | "paper">): string {
  const steps = run.steps.map(
    ({ name, status, started_at, ended_at }) =>
      [`  ${name}`, `${status}, ${between(started_at, ended_at, io.now())}`] as const,
  );
  const commits = run.commits.map(
    ({ path, commit, url }) => [`  ${path}`, `${commit.slice(0, 12)} of ${url}`] as const,
  );
  const about = card(
    [
      ["run", run.name],
      ["id", run.id],
      ["status", run.status],
      ["created", `${paper.time(run.created_at)} by ${run.created_by}`],
      ["exit code", run.exit_code],
      ...(steps.length > 0 ? [["steps", ""] as const, ...steps] : []),
      ...(commits.length > 0 ? [["repositories", ""] as const, ...commits] : []),
    ],
    paper,
  );
  const end = run.ended_at === null ? [] : endOf(run, io.now(), paper);
  const lines = (run.reason?.lines ?? []).map((line) => `  ${line}`);
  return about + [...end, ...lines].map((line) => `${line}\n`).join("");
}
