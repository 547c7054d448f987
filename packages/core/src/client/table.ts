import type { routes } from "../app.ts";
import type { Http } from "../http/index.ts";
import type { LocalRoutes } from "./local.ts";

type Routes = typeof routes & LocalRoutes;

/** A route by its text, such as `GET /api/jobs/{id}`. */
export type RouteName = keyof Routes;

type ParameterOf<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParameterOf<Rest>
  : never;
type PathOf<Name> = { readonly [Parameter in ParameterOf<Name>]: string };
type Asks<Name> = Name extends `GET ${string}` | `DELETE ${string}` ? true : false;
type Query<Name extends RouteName> = Partial<Http.QueryOf<Routes[Name]>>;
/** Where a route's body has no schema there is nothing to say. */
type Body<Name extends RouteName> =
  unknown extends Http.BodyOf<Routes[Name]>
    ? Readonly<Record<never, never>>
    : Http.BodyOf<Routes[Name]>;

/** What a route is asked with: the values of its path, and its query or its body. */
export type InputOf<Name extends RouteName> = PathOf<Name> &
  (Asks<Name> extends true ? Query<Name> : Body<Name>);

export type AnswerOf<Name extends RouteName> = Http.AnswerOf<Routes[Name]>;

export interface SentOptions<Name extends RouteName> {
  /** The query of a route that has a body too. */
  readonly query?: Query<Name>;
  /** Gives the request up. */
  readonly signal?: AbortSignal;
}
