import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import {
  getParticipant,
  listAccessRequests,
  listAgreements,
  listApprovals,
  listDeclarations,
  listInvoices,
  listPayouts,
  listProducts,
} from '@hetao/client';
import { signedIn } from '../../app/page-state.js';
import type { BuyerWork } from './buyer-work.rules.js';
import type { MerchantWork } from './merchant-work.rules.js';

/** The newest of each kind: more than this nobody leaves open. */
const NEWEST = 100;
const REFRESH_MS = 60_000;

/** Whether it is read at all: of no use to other roles. */
interface When {
  readonly enabled?: boolean;
}

/** Everything a buyer has to do with, read anew every minute. */
export function useBuyerWork({ enabled = true }: When = {}): UseQueryResult<BuyerWork> {
  return useQuery({
    queryKey: ['buyer-work'],
    enabled,
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }): Promise<BuyerWork> => {
      const options = { query: { limit: NEWEST }, signal, throwOnError: true } as const;
      const [requests, agreements, invoices, approvals] = await Promise.all([
        listAccessRequests(options),
        listAgreements(options),
        listInvoices(options),
        listApprovals({ ...options, query: { limit: NEWEST, status: 'pending' } }),
      ]);
      return {
        requests: requests.data.data,
        agreements: agreements.data.data,
        invoices: invoices.data.data,
        approvals: approvals.data.data,
      };
    },
  });
}

/** Everything a merchant has to do with, as above. */
export function useMerchantWork({ enabled = true }: When = {}): UseQueryResult<MerchantWork> {
  const { organisation_id: id } = signedIn();
  return useQuery({
    queryKey: ['merchant-work', id],
    enabled,
    refetchInterval: REFRESH_MS,
    queryFn: async ({ signal }): Promise<MerchantWork> => {
      const options = { query: { limit: NEWEST }, signal, throwOnError: true } as const;
      const [requests, agreements, products, payouts, approvals, declarations, organisation] = await Promise.all([
        listAccessRequests(options),
        listAgreements(options),
        listProducts({ ...options, query: { limit: NEWEST, merchant_id: id } }),
        listPayouts(options),
        listApprovals({ ...options, query: { limit: NEWEST, status: 'pending' } }),
        listDeclarations({ ...options, query: { limit: NEWEST, status: 'returned', exporter_id: id } }),
        getParticipant({ path: { id }, signal, throwOnError: true }),
      ]);
      return {
        requests: requests.data.data.filter(({ merchant_id }) => merchant_id === id),
        agreements: agreements.data.data.filter(({ merchant_id }) => merchant_id === id),
        products: products.data.data,
        payouts: payouts.data.data,
        approvals: approvals.data.data,
        returnedDeclarations: declarations.data.data,
        organisation: organisation.data,
      };
    },
  });
}
