import { MethodRefused, RouteUnknown } from "./failure.ts";

/** What a path leads to: the pattern's key, and the values of its parameters. */
export interface Match<R> {
  readonly key: string;
  readonly route: R;
  readonly path: Readonly<Record<string, string>>;
}

interface Place<R> {
  readonly literals: Map<string, Place<R>>;
  parameter: Place<R> | undefined;
  readonly methods: Map<string, { key: string; route: R; names: readonly string[] }>;
}

export interface Router<R> {
  /** Fails with `route.not_found`, or with `route.method_not_allowed` where only another method is answered. */
  match(method: string, path: string): Match<R>;
  /** The methods that a path answers; none where there is no such path. */
  methods(path: string): readonly string[];
}

/** Compiles a table of `METHOD /path/{parameter}` keys. A literal segment wins over a parameter. */
export function compile<R>(table: Readonly<Record<string, R>>): Router<R> {
  const root = place<R>();
  for (const [key, route] of Object.entries(table)) add(root, key, route);
  const methods = (path: string) => [
    ...(walk(root, segmentsOf(path) ?? [])?.place.methods.keys() ?? []),
  ];
  return {
    methods,
    match(method, path) {
      const segments = segmentsOf(path);
      const found = segments && walk(root, segments);
      if (!found) throw RouteUnknown({ path: clipped(path) });
      const answer = found.place.methods.get(method);
      if (!answer)
        throw MethodRefused({ method: clipped(method), allow: methods(path).join(", ") });
      const values = Object.fromEntries(
        answer.names.map((name, at) => [name, found.values[at] ?? ""]),
      );
      return { key: answer.key, route: answer.route, path: values };
    },
  };
}

const place = <R>(): Place<R> => ({
  literals: new Map(),
  parameter: undefined,
  methods: new Map(),
});

function add<R>(root: Place<R>, key: string, route: R): void {
  const [method = "", pattern = ""] = key.split(" ");
  const names: string[] = [];
  let at = root;
  for (const segment of pattern.slice(1).split("/")) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    if (name !== undefined) names.push(name);
    at = name === undefined ? literal(at, segment) : (at.parameter ??= place());
  }
  at.methods.set(method, { key, route, names });
}

function literal<R>(at: Place<R>, segment: string): Place<R> {
  const known = at.literals.get(segment) ?? place<R>();
  at.literals.set(segment, known);
  return known;
}

/** The place of a path, literals first, with the parameters' values. A parameter is never empty. */
function walk<R>(
  at: Place<R>,
  segments: readonly string[],
): { place: Place<R>; values: string[] } | undefined {
  const [segment, ...rest] = segments;
  if (segment === undefined) return at.methods.size > 0 ? { place: at, values: [] } : undefined;
  const exact = at.literals.get(segment);
  const found = exact && walk(exact, rest);
  if (found) return found;
  if (!at.parameter || segment === "") return undefined;
  const open = walk(at.parameter, rest);
  return open && { place: open.place, values: [segment, ...open.values] };
}

/** The decoded segments of a path; undefined where it is not one. */
function segmentsOf(path: string): readonly string[] | undefined {
  if (!path.startsWith("/")) return undefined;
  try {
    return path.slice(1).split("/", mostSegments).map(decodeURIComponent);
  } catch {
    // An escape that is none: no path of ours has one.
    return undefined;
  }
}

/** No path of ours is as deep; a longer one is cut, and then leads nowhere. */
const mostSegments = 16;

const clipped = (text: string): string => (text.length > 200 ? `${text.slice(0, 200)}…` : text);
