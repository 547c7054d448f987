interface Page {
  readonly next_key?: string | undefined;
}

/** Every page of a list, from the first on. */
export async function allPages<P extends Page>(
  read: (next_key: string | undefined) => Promise<P>,
): Promise<readonly P[]> {
  const pages: P[] = [];
  let next_key: string | undefined;
  do {
    const page = await read(next_key);
    pages.push(page);
    next_key = page.next_key;
  } while (next_key !== undefined);
  return pages;
}
