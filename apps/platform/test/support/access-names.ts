import { ask, faultsOf, isGranted, named, type Stop, type Vouched } from './access-walk.js';

/** Real things: a list of the API and the names of what stands in it. */
export type Names = ReadonlyMap<string, readonly string[]>;

const MOST_PER_LIST = 2;

/** The names in every list that needs no other name, as somebody sees them who sees everything. */
export async function namesIn(stops: readonly Stop[], everything: Vouched): Promise<Names> {
  const lists = stops.filter(({ method, row, origin }) => method === 'GET' && origin && !/[:*]/.test(row.path));
  const names = new Map<string, readonly string[]>();
  await faultsOf(lists, async (stop) => {
    const answer = await ask(stop, everything);
    if (isGranted(answer)) names.set(stop.row.path, idsOf(answer.text));
    return undefined;
  });
  return names;
}

function idsOf(text: string): readonly string[] {
  try {
    const { data } = JSON.parse(text) as { data?: readonly { id?: unknown }[] };
    return (data ?? []).flatMap(({ id }) => (typeof id === 'string' ? [id] : [])).slice(0, MOST_PER_LIST);
  } catch {
    return [];
  }
}

/** The addresses of a stop with real names in its first place; none where nothing real is known. */
export function realPaths({ row }: Stop, names: Names): readonly string[] {
  const [, list = '', place = ''] = /^([^:*]+)\/:(\w+)/.exec(row.path) ?? [];
  return (names.get(list) ?? []).map((id) => named(row.path, { [place]: id }));
}
