/** A state with the ways that lead out of it; one without any is final. */
export interface Node {
  readonly from: string;
  readonly to: readonly { readonly to: string; readonly by: string }[];
}

/** A state diagram, as the text that Mermaid draws. */
export function diagram(first: string, nodes: readonly Node[]): string {
  const arrows = nodes.flatMap(({ from, to }) =>
    to.length === 0
      ? [`  ${from} --> [*]`]
      : to.map((way) => `  ${from} --> ${way.to}${way.by === "" ? "" : `: ${way.by}`}`),
  );
  return ["```mermaid", "stateDiagram-v2", `  [*] --> ${first}`, ...arrows, "```"].join("\n");
}
