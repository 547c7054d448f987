/** A value as YAML; long texts stay as they are. The library is loaded when it is needed: few commands do. */
export async function yamlOf(value: unknown): Promise<string> {
  const { stringify } = await import("yaml");
  return stringify(value, { lineWidth: 0 });
}
