import DataLoader from 'dataloader';
import { listParticipants, type Participant } from '@hetao/client';

/** As many as the list takes by their ids. */
const MOST_AT_ONCE = 100;

/** What rows of a page ask for in the same moment is one question. Nothing is kept here: the page's cache does. */
const loader = new DataLoader<string, Participant['name'] | null>(
  async (ids) => {
    const query = { id: ids.join(','), limit: MOST_AT_ONCE };
    const { data } = await listParticipants({ query, throwOnError: true });
    const names = new Map(data.data.map(({ id, name }) => [id, name]));
    return ids.map((id) => names.get(id) ?? null);
  },
  { cache: false, maxBatchSize: MOST_AT_ONCE },
);

/** Name of an organisation, or null where whoever reads may not know it. Throws the client's problems. */
export function organisationName(id: string): Promise<Participant['name'] | null> {
  return loader.load(id);
}
