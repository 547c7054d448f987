import { Owner } from "../owner/index.ts";
import type { Chosen, Reference } from "./choose.ts";

/** A registry's address: its first part is a host, or it has a digest. No owner's name has a dot or a colon in it. */
const inRegistry = /^[^/]*[.:][^/]*\/|@sha256:/;

/** How recipes name an image: `org/owner/name:version` where it is of the catalogue, else its URI in a form that is read as one. */
export function referenceOf({ choice, image, version, owner }: Chosen): string | { uri: string } {
  if (image && version && owner) return `${Owner.nameOf(owner)}/${image.name}:${version.name}`;
  return inRegistry.test(choice.uri) ? choice.uri : { uri: choice.uri };
}

/** What a text names: a registry's image by its URI, or else one of the catalogue. */
export const referenceFrom = (text: string): Reference =>
  inRegistry.test(text) ? { uri: text } : text;
