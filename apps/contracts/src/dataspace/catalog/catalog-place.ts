/** Where a page begins: behind this product, or, going back, before it. */
export interface CatalogPlace {
  readonly id: string;
  readonly back: boolean;
}

const MAX_TOKEN = 2_000;

/** As a peer carries it in a link. */
export function writePlace({ id, back }: CatalogPlace): string {
  return Buffer.from(`${back ? '<' : '>'}${id}`, 'utf8').toString('base64url');
}

/** @returns undefined for what is no place. */
export function readPlace(token: string): CatalogPlace | undefined {
  if (token.length > MAX_TOKEN || !/^[\w-]+$/.test(token)) return undefined;
  const text = Buffer.from(token, 'base64url').toString('utf8');
  const isPlace = (text.startsWith('<') || text.startsWith('>')) && text.length > 1;
  return isPlace ? { id: text.slice(1), back: text.startsWith('<') } : undefined;
}
