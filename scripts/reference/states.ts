import { Run } from "@cassini/core/run";
import { code, page, table } from "./markdown.ts";
import { diagram } from "./mermaid.ts";

type Table = Readonly<Record<string, Readonly<Partial<Record<string, string>>>>>;

interface Machine {
  readonly title: string;
  readonly says: string;
  readonly first: string;
  readonly table: Table;
}

const machines: readonly Machine[] = [
  {
    title: "A run",
    says: "What everybody sees. A run that has not ended also decides the status of its job.",
    first: "pending",
    table: Run.runMachine.table,
  },
  {
    title: "An attempt",
    says: "What the platform has done so far for one try at a run.",
    first: "queued",
    table: Run.attemptMachine.table,
  },
];

const lead =
  "States, the moves between them, and where each leads. An empty field is a move that fails with `machine.illegal_move`.";

/** The state machines, as diagrams and tables. */
export const statesPage = (): string => page("States", lead, machines.map(drawn));

function drawn({ title, says, first, table: rows }: Machine): string {
  const moves = [...new Set(Object.values(rows).flatMap((row) => Object.keys(row)))];
  const lines = Object.entries(rows).map(([state, row]) => [
    code(state),
    ...moves.map((move) => row[move] ?? ""),
  ]);
  return [
    `## ${title}`,
    says,
    diagram(first, arrowsOf(rows)),
    table(["state", ...moves.map(code)], lines),
  ].join("\n\n");
}

const arrowsOf = (rows: Table) =>
  Object.entries(rows).map(([from, row]) => ({
    from,
    to: Object.entries(row).flatMap(([move, to]) => (to === undefined ? [] : [{ to, by: move }])),
  }));
