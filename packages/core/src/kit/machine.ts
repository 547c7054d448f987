import { failure } from "./failure.ts";

export const IllegalMove = failure<{ move: string; state: string }>(
  "conflict",
  "machine.illegal_move",
  ({ move, state }) => `Cannot ${move} from ${state}.`,
);

type Table<State extends string> = Readonly<
  Record<State, Readonly<Partial<Record<string, State>>>>
>;

export interface Machine<State extends string, Move extends string> {
  readonly states: readonly State[];
  readonly table: Table<State>;
  /** Where a move leads; fails with `machine.illegal_move` where the state has no such move. */
  next(state: State, move: Move): State;
  /** Whether the state has the move. */
  can(state: State, move: Move): boolean;
  /** Whether nothing leads out of the state. */
  isFinal(state: State): boolean;
}

type MovesOf<T> = { [S in keyof T]: keyof T[S] }[keyof T] & string;

/** Rows are states, keys are moves, values are where they lead; a typo in a target does not compile. */
export function machine<
  const T extends Readonly<Record<string, Readonly<Record<string, keyof T & string>>>>,
>(table: T): Machine<keyof T & string, MovesOf<T>> {
  const rows = new Map<string, ReadonlyMap<string, keyof T & string>>(
    Object.entries(table).map(([state, moves]) => [state, new Map(Object.entries(moves))]),
  );
  const target = (state: string, move: string) => rows.get(state)?.get(move);
  return {
    states: Object.keys(table),
    table,
    can: (state, move) => target(state, move) !== undefined,
    isFinal: (state) => rows.get(state)?.size === 0,
    next(state, move) {
      const to = target(state, move);
      if (to === undefined) throw IllegalMove({ move, state });
      return to;
    },
  };
}
