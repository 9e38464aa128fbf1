import { useQuery } from '@tanstack/react-query';
import { listAccessRequests, listAgreements } from '@hetao/client';
import { isOneOf } from '../app/page-state.js';

/** Agreements and requests of one organisation that a badge looks through; whoever has more sees badges of the newest. */
const LOOKED_THROUGH = 100;

/** Whether the organisation of whoever reads has a product already, or has asked for it. */
export function useMyAccess(): { readonly to: (productId: string) => 'open' | 'pending' | undefined } {
  const { data } = useQuery({
    queryKey: ['my-access'],
    enabled: isOneOf(['buyer']),
    queryFn: async ({ signal }) => {
      const query = { limit: LOOKED_THROUGH };
      const [agreements, requests] = await Promise.all([
        listAgreements({ query, signal, throwOnError: true }),
        listAccessRequests({ query, signal, throwOnError: true }),
      ]);
      const open = agreements.data.data.filter(({ status }) => status === 'in_force' || status === 'concluded');
      const asked = requests.data.data.filter(({ status }) => status === 'requested');
      const toSign = agreements.data.data.filter(({ status }) => status === 'awaiting_signatures');
      return {
        open: new Set(open.map((agreement) => agreement.product_id)),
        pending: new Set([...asked, ...toSign].map((deal) => deal.product_id)),
      };
    },
  });
  return {
    to: (productId) => {
      if (data?.open.has(productId)) return 'open';
      return data?.pending.has(productId) ? 'pending' : undefined;
    },
  };
}
