import { readFile } from 'node:fs/promises';

/** One request of a guide: what stands in a block of kind http. */
export interface GuideRequest {
  readonly method: string;
  readonly path: string;
  readonly json: string | null;
}

/** The requests of a guide, in their order. */
export async function guideRequests(name: string): Promise<readonly GuideRequest[]> {
  const text = await readFile(new URL(`../../../docs/guides/${name}`, import.meta.url), 'utf8');
  return [...text.matchAll(/```http\n(\S+) (\S+)\n(?:\n([\s\S]+?)\n)?```/g)].map(
    ([, method = '', path = '', json = null]) => ({ method, path, json }),
  );
}

/** Fills the words in; a text that is nothing but a word becomes what stands for it, whatever that is. */
export function filled(
  { method, path, json }: GuideRequest,
  words: Readonly<Record<string, unknown>>,
): { readonly method: string; readonly path: string; readonly json?: unknown } {
  const word = (name: string): unknown => {
    if (!(name in words)) throw new Error(`Nothing stands for <${name}>.`);
    return words[name];
  };
  const asked = path.replace(/<(\w+)>/g, (_all, name: string) => encodeURIComponent(String(word(name))));
  if (json === null) return { method, path: asked };
  const body = json.replace(/"<(\w+)>"/g, (_all, name: string) => JSON.stringify(word(name)));
  return { method, path: asked, json: JSON.parse(body) as unknown };
}
