import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getInvoice, getProduct, listApiKeys, listMembers } from '@hetao/client';
import { organisationName } from '../api/organisation-names.js';
import { pageState } from '../app/page-state.js';
import { useFormat } from '../i18n/use-format.js';

/** Names change rarely; a page of rows asks for each but once. */
const NAMES_FRESH_FOR_MS = 600_000;

/** Name of an organisation in the reader's language; its id until it is known, and where it may not be read. */
export function OrganisationName({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const exchange = id === pageState.exchangeId;
  const { data } = useQuery({
    queryKey: ['organisation-name', id],
    // The exchange is no participant of itself.
    enabled: !exchange,
    queryFn: () => organisationName(id),
    staleTime: NAMES_FRESH_FOR_MS,
  });
  if (exchange) return <>{t('shell.brand')}</>;
  return <>{data ? format.text(data) : shortId(id)}</>;
}

/** Name of a product, as above. */
export function ProductName({ id }: { readonly id: string }) {
  return <>{useProductName(id)}</>;
}

/** The same as text, for titles; empty until it is known of what. */
export function useProductName(id: string | undefined): string {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['product-name', id],
    enabled: id !== undefined,
    queryFn: async ({ signal }) => (await getProduct({ path: { id: id ?? '' }, signal, throwOnError: true })).data.name,
    staleTime: NAMES_FRESH_FOR_MS,
  });
  if (id === undefined) return '';
  return data === undefined ? shortId(id) : format.text(data);
}

/** Number of an invoice, as above; a number never changes. */
export function InvoiceNumber({ id }: { readonly id: string }) {
  const { data } = useQuery({
    queryKey: ['invoice-number', id],
    queryFn: async ({ signal }) => (await getInvoice({ path: { id }, signal, throwOnError: true })).data.number,
    staleTime: NAMES_FRESH_FOR_MS,
  });
  return <>{data ?? shortId(id)}</>;
}

/** Of one's own organisation; whoever has more sees ids of the rest. */
const MOST_PEOPLE = 100;

/** Who did it: a colleague by name, a programme of theirs as such, and the exchange; anybody else stays an id. */
export function PersonName({ id }: { readonly id: string }) {
  const { t } = useTranslation();
  const { data } = useQuery({
    queryKey: ['colleagues'],
    queryFn: async ({ signal }) => {
      const as = { query: { limit: MOST_PEOPLE }, signal, throwOnError: true } as const;
      const [members, keys] = await Promise.all([listMembers(as), listApiKeys(as)]);
      return {
        names: new Map(members.data.data.map((member) => [member.id, member.display_name])),
        owners: new Map(keys.data.data.map((key) => [key.id, key.account_id])),
      };
    },
    staleTime: NAMES_FRESH_FOR_MS,
  });
  if (id === EXCHANGE_ITSELF) return <>{t('shell.brand')}</>;
  const byKey = data?.names.get(data.owners.get(id) ?? '');
  if (byKey !== undefined) return <>{t('kit.byKey', { name: byKey })}</>;
  const name = data?.names.get(id);
  return name === undefined ? <code title={id}>{shortId(id)}</code> : <>{name}</>;
}

/** As services write what they did by themselves. */
const EXCHANGE_ITSELF = 'exchange';

/** An id where there is no room for one: its kind and its end, which differs. */
export function shortId(id: string): string {
  return id.length > 14 ? `${id.slice(0, 4)}…${id.slice(-6)}` : id;
}
