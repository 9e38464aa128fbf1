import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { getInvoice, getParticipant, getProduct } from '@hetao/client';
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
    queryFn: async ({ signal }) => (await getParticipant({ path: { id }, signal, throwOnError: true })).data.name,
    staleTime: NAMES_FRESH_FOR_MS,
  });
  if (exchange) return <>{t('shell.brand')}</>;
  return <>{data === undefined ? shortId(id) : format.text(data)}</>;
}

/** Name of a product, as above. */
export function ProductName({ id }: { readonly id: string }) {
  const format = useFormat();
  const { data } = useQuery({
    queryKey: ['product-name', id],
    queryFn: async ({ signal }) => (await getProduct({ path: { id }, signal, throwOnError: true })).data.name,
    staleTime: NAMES_FRESH_FOR_MS,
  });
  return <>{data === undefined ? shortId(id) : format.text(data)}</>;
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

/** An id where there is no room for one: its kind and its end, which differs. */
export function shortId(id: string): string {
  return id.length > 14 ? `${id.slice(0, 4)}…${id.slice(-6)}` : id;
}
